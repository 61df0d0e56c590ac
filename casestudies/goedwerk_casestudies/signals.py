"""What one part of a story's road tells another."""

from django.dispatch import Signal

#: Sent in the transaction in which a contributor answered, or her silence did: ``submission``,
#: ``agreed``. Agreed: what waits for it may go on to publication. Not agreed: it stops there;
#: the submission is with the editors again, or refused.
consent_settled = Signal()
