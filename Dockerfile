# One image for the site, its workers and its migration; which one it is, the command says.
FROM python:3.12-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/venv PIP_ROOT_USER_ACTION=ignore
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-cache --no-install-project --no-default-groups --group site
COPY forum forum
COPY casestudies casestudies
COPY site site
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app/forum:/app/casestudies:/app/site
# The key below signs nothing: no request is answered while the image is built.
RUN python -m compileall -q forum casestudies site \
    && SECRET_KEY=build GOEDWERK_STATIC_DIR=/app/static LOG_LEVEL=ERROR \
       python site/manage.py collectstatic --noinput --verbosity 0 --skip-checks

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin goedwerk \
    && install -d -o goedwerk -g nogroup -m 755 /media
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY docker/alive.py /app/docker/alive.py
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app/forum:/app/casestudies:/app/site \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GOEDWERK_DATA_DIR=/tmp \
    GOEDWERK_STATIC_DIR=/app/static \
    GOEDWERK_MEDIA_DIR=/media \
    GOEDWERK_KEYS_DIR=/run/secrets \
    BIND=0.0.0.0:8000
WORKDIR /app/site
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py"]
