# Two commands: `make demo` and `make test`. Each sets up all it needs on a fresh machine.
PY ?= python3
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Code that is compiled once starts sooner every time after, also in the children that read people's files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-all check screenshots locks messages clean

.venv/.base: requirements/base.lock pyproject.toml hatch_build.py package-lock.json src/tovholder/web/design/dkfds.scss
	@echo "… installerer det, Tovholder bruger (under et minut første gang)"
	@if command -v uv >/dev/null 2>&1; then \
	  { [ -x $(BIN)/python ] || uv venv -q --python $(PY) .venv; } && VIRTUAL_ENV=.venv uv pip install -q --require-hashes -r requirements/base.lock && VIRTUAL_ENV=.venv uv pip install -q --no-deps -e .; \
	else \
	  { [ -x $(BIN)/pip ] || $(PY) -m venv .venv; } && $(BIN)/pip install -q --require-hashes -r requirements/base.lock && $(BIN)/pip install -q --no-deps -e .; \
	fi
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.base
	@echo "… installerer det, prøverne bruger"
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=.venv uv pip install -q --require-hashes -r requirements/dev.lock; \
	else $(BIN)/pip install -q --require-hashes -r requirements/dev.lock; fi
	@touch $@

demo: .venv/.base
	@$(BIN)/tovholder demo --port $(PORT)

test: .venv/.dev
	@$(BIN)/python tests/machine.py
	@$(BIN)/ruff check -q . && $(BIN)/lint-imports --no-logo 2>/dev/null | grep -E "KEPT|BROKEN|Contracts:" | sed 's/^/  /'
	@$(BIN)/lint-imports --no-logo >/dev/null 2>&1
	@$(BIN)/python tests/run.py

test-all: .venv/.dev
	@$(BIN)/python tests/machine.py --office
	@$(BIN)/python tests/run.py --slow

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check . || true
	$(BIN)/lint-imports
	$(BIN)/mypy

screenshots: .venv/.dev
	@$(BIN)/python tests/machine.py
	@SCREENSHOTS=1 $(BIN)/python -m pytest tests/journeys/test_screenshots.py -q -p no:cacheprovider

locks:
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/base.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra postgres --group dev -o requirements/dev.lock

# Needs gettext's xgettext and msgmerge; nobody else does.
messages: .venv/.dev
	@cd src/tovholder && DJANGO_SETTINGS_MODULE=tovholder.config.settings ../../$(BIN)/python -m django makemessages -l en --no-location --no-wrap --no-obsolete --ignore 'web/static/*'
	@$(BIN)/python hatch_build.py

clean:
	rm -rf .venv var
