"""Reports of each kind: what is read of them, and what is left out."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

import report_files as files
from goedwerk_casestudies.reports import Limits, Report, can_read, read
from goedwerk_casestudies.reports.apart import Step, read_apart

HEADINGS = [
    (1, "Terugblik op het depot"),
    (2, "De sleutel die er niet lag"),
    (3, "Wat Krzysztof vertelde"),
    (3, "Wat er in het dossier stond"),
    (2, "Zeggen of zwijgen"),
    (2, "Wat er veranderde"),
    (2, "Vragen die open bleven"),
]
WRITER = "Wouterina Smaling"
PLAIN = [(1, "De kern"), (0, "Er lag een rapport. Niemand vroeg ernaar."), (0, "Dat schuurde.")]


def text_of(report: Report) -> str:
    return "\n".join(f"{section.heading}\n{section.text}" for section in report.sections)


def outline(report: Report) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in report.sections]


MAKE = files.MAKE


@pytest.fixture(params=MAKE)
def kind(request):
    return request.param


# --- what is read ----------------------------------------------------------------------------


def test_the_whole_report(kind):
    report = read(MAKE[kind](files.depot()), f"x.{kind}")
    assert outline(report) == HEADINGS
    expected = [text for level, text in files.depot() if not level]
    found = [text for section in report.sections for text in section.paragraphs]
    if kind == "pdf":  # Its letters are those of Western Europe.
        expected = [text.encode("cp1252", "replace").decode("cp1252") for text in expected]
    assert found == expected


def test_it_is_read_the_same_apart(kind):
    data = MAKE[kind](files.depot())
    *steps, report = read_apart(data, kind, Limits())
    assert report == read(data, f"x.{kind}")
    assert all(isinstance(step, Step) for step in steps)
    if kind == "pdf":
        assert [step.done for step in steps] == list(range(1, len(steps) + 1))
        assert {step.of for step in steps} == {len(steps)}


def test_all_kinds_can_be_read():
    assert can_read() == ["docx", "odt", "pdf", "md", "markdown", "txt"]


def test_text_before_the_first_heading_is_a_part_of_its_own(kind):
    report = read(MAKE[kind]([(0, "Vooraf gezegd, in alle rust."), *PLAIN]), f"x.{kind}")
    assert outline(report) == [(1, ""), (1, "De kern")]


# --- plain text ------------------------------------------------------------------------------


def test_headings_of_plain_text_by_their_shape():
    report = read(
        b"1 Inleiding\n\nWe begonnen op een maandag. Er was\nnog niemand.\n\n"
        b"1.1 De vraag\nWat doe je dan?\nDat weet niemand.\n\n"
        b"BIJLAGEN\n\nGeen.\n\nZeggen of zwijgen\n\nDat was de vraag.\n",
        "x.txt",
    )
    assert outline(report) == [
        (1, "1 Inleiding"),
        (2, "1.1 De vraag"),
        (1, "BIJLAGEN"),
        (3, "Zeggen of zwijgen"),
    ]
    assert report.sections[0].paragraphs == ("We begonnen op een maandag. Er was nog niemand.",)


@pytest.mark.parametrize(
    "line",
    [
        "Dit is gewoon een zin.",
        "12 februari 2020",
        "Door: Wouterina Smaling",
        "- een punt in een lijst",
        "Inleiding ........ 3",
        "Pagina 3 van 12",
        "en dit gaat verder",
        "Een regel die zo lang is dat hij nooit een kop kan zijn, want daarvoor zegt hij te veel",
        "Drie dingen, en dan nog iets:",
    ],
)
def test_what_is_no_heading(line):
    report = read(f"Eerst dit.\n\n{line}\n\nEn dan dat.".encode(), "x.txt")
    assert outline(report) == [(1, "")]


def test_words_broken_off_at_the_end_of_a_line_are_whole():
    report = read(
        b"Het ging om de beleids-\nmedewerker en de beleids-\nen uitvoeringsdienst.\n"
        b"Ook El-\nBouzidi was erbij, dacht men.",
        "x.txt",
    )
    assert report.sections[0].text == (
        "Het ging om de beleidsmedewerker en de beleids- en uitvoeringsdienst. "
        "Ook El-Bouzidi was erbij, dacht men."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_each_way_of_writing_text(encoding):
    report = read("Zij zei: ‘Geen idee, collega’s.’ Café!".encode(encoding), "x.txt")
    assert report.sections[0].text == "Zij zei: ‘Geen idee, collega’s.’ Café!"


# --- what is left out ------------------------------------------------------------------------


def test_markdown_without_front_matter_addresses_and_tags():
    report = read(
        f"---\nauthor: {WRITER}\ntags:\n- geheim\n---\n\n# De kern\n\n"
        f"Zie [dit stuk](https://voorbeeld.nl/smaling). ![{WRITER}](smaling.jpg)\n\n"
        f"<!-- {WRITER} -->\n\n<div title='{WRITER}'>Een <b>woord</b>.</div>\n\n"
        f"| Naam | Taak |\n|---|---|\n| Els | schrijft |\n".encode(),
        "x.md",
    )
    assert report.sections[0].paragraphs == (
        "Zie dit stuk.",
        "Een woord.",
        "Naam | Taak",
        "Els | schrijft",
    )


def test_a_bold_line_of_markdown_is_a_heading():
    report = read(b"**De sleutel**\n\nDie was weg.\n\n**Door: Els**\n\nEn **nu** dan.", "x.md")
    assert outline(report) == [(1, "De sleutel")]


def _all_metadata(document):
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "title"):
        setattr(properties, name, f"{WRITER} {name}")
    run = document.add_paragraph("Wat er staat.").runs[0]
    document.add_comment(run, text=f"{WRITER} vindt dit niets", author=WRITER, initials="WS")
    hidden = document.add_paragraph("Dit is te lezen. ").add_run(f"{WRITER} schreef dit.")
    hidden.font.hidden = True
    document.sections[0].header.paragraphs[0].text = f"Vertrouwelijk: {WRITER}"
    document.sections[0].footer.paragraphs[0].text = WRITER


def test_word_without_its_metadata():
    data = files.docx(PLAIN, _all_metadata)
    assert WRITER.encode() in zipfile.ZipFile(BytesIO(data)).read("docProps/core.xml")
    text = text_of(read(data, f"{WRITER}.docx"))
    assert "Wat er staat." in text
    assert "Dit is te lezen." in text
    assert "Smaling" not in text


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _with_xml(*paragraphs):
    def change(document):
        from docx.oxml import parse_xml

        for xml in paragraphs:
            document.element.body.insert(0, parse_xml(xml))

    return change


def test_word_with_changes_takes_the_text_as_it_is_now():
    xml = (
        f"<w:p {W}><w:r><w:t>Nu staat er </w:t></w:r>"
        f'<w:ins w:id="1" w:author="{WRITER}"><w:r><w:t>dit.</w:t></w:r></w:ins>'
        f'<w:del w:id="2" w:author="{WRITER}"><w:r><w:delText>{WRITER}</w:delText></w:r></w:del>'
        "</w:p>"
    )
    text = text_of(read(files.docx(PLAIN, _with_xml(xml)), "x.docx"))
    assert "Nu staat er dit." in text
    assert "Smaling" not in text


def test_word_without_fields_about_its_writer():
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText>AUTHOR</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{WRITER}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    xml = f"<w:p {W}><w:r><w:t>Gemaakt door </w:t></w:r>{field}<w:r><w:t> zelf.</w:t></w:r></w:p>"
    text = text_of(read(files.docx(PLAIN, _with_xml(xml)), "x.docx"))
    assert "Gemaakt door zelf." in text


def test_word_with_tables_boxes_and_bold_headings():
    def change(document):
        row = document.add_table(rows=1, cols=2).rows[0]
        row.cells[0].text, row.cells[1].text = "Els", "schrijft"
        document.add_paragraph().add_run("Een vette kop").bold = True
        document.add_paragraph("En wat eronder staat.")

    box = (
        f'<w:p {W}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )

    def both(document):
        change(document)
        _with_xml(box)(document)

    report = read(files.docx(PLAIN, both), "x.docx")
    assert outline(report) == [(1, ""), (1, "De kern"), (2, "Een vette kop")]
    assert report.sections[0].text == "In een kader."
    assert "Els | schrijft" in report.sections[1].paragraphs


def test_word_without_its_table_of_contents():
    xml = (
        f'<w:p {W}><w:pPr><w:pStyle w:val="Inhopg1"/></w:pPr><w:r><w:t>De kern 3</w:t></w:r></w:p>'
    )

    def change(document):
        style = document.styles.add_style("Inhopg1", 1)
        style.element.name_val = "toc 1"
        _with_xml(xml)(document)

    assert "De kern 3" not in text_of(read(files.docx(PLAIN, change), "x.docx"))


def test_opendocument_without_its_metadata():
    from odfdo import Annotation, Element, Paragraph

    def change(document):
        document.meta.creator = WRITER
        document.meta.initial_creator = WRITER
        paragraph = Paragraph("Dit is te lezen.")
        paragraph.append(Annotation(f"Niets waard, zegt {WRITER}", creator=WRITER))
        document.body.append(paragraph)
        for xml in (
            f"<text:p>Door <text:author-name>{WRITER}</text:author-name>ons.</text:p>",
            f'<text:p>Stil: <text:hidden-text text:string-value="{WRITER}">{WRITER}'
            "</text:hidden-text>niets.</text:p>",
            f'<text:section text:name="s" text:display="none"><text:p>{WRITER}</text:p>'
            "</text:section>",
            f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{WRITER}</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes>",
        ):
            document.body.append(Element.from_tag(xml))

    data = files.odt(PLAIN, change)
    assert WRITER.encode() in zipfile.ZipFile(BytesIO(data)).read("content.xml")
    text = text_of(read(data, f"{WRITER}.odt"))
    assert "Dit is te lezen." in text
    assert "Door ons." in text
    assert "Stil: niets." in text
    assert "Smaling" not in text


def test_opendocument_with_hidden_style_and_table():
    from odfdo import Element, Paragraph, Span, Style, Table

    def change(document):
        document.insert_style(Style("text", name="weg", display=True), automatic=True)
        style = document.get_part("content").get_elements("//style:text-properties")[-1]
        style.set_attribute("text:display", "none")
        paragraph = Paragraph("Te lezen ")
        paragraph.append(Span(WRITER, style="weg"))
        document.body.append(paragraph)
        document.body.append(Element.from_tag("<text:p>Twee<text:line-break/>regels</text:p>"))
        table = Table("t")
        table.set_values([["Els", "schrijft"]])
        document.body.append(table)

    report = read(files.odt(PLAIN, change), "x.odt")
    assert report.sections[0].paragraphs[-2:] == ("Twee\nregels", "Els | schrijft")
    assert "Smaling" not in text_of(report)


def test_pdf_without_headers_footers_page_numbers_and_metadata():
    data = files.pdf(
        files.depot(),
        header=f"Intern stuk van {WRITER}, versie 2",
        footer="Pagina {page} van {of}",
        information=f"/Author ({WRITER}) /Title (Geheim van Smaling)",
    )
    report = read(data, "x.pdf")
    assert outline(report) == HEADINGS
    text = text_of(report)
    assert "Intern stuk" not in text
    assert "Pagina" not in text
    assert "Geheim" not in text


def test_control_characters_and_ligatures_are_plain_text():
    report = read("De o\ufb03cier zei\x00 niets.\x07".replace("\x00", "").encode(), "x.txt")
    assert report.sections[0].text == "De officier zei niets."
