PYTHON ?= python3
export PYTHONPATH := shared:.
export UV_PYTHON_DOWNLOADS := never
VENV = $(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@
LOCK = .venv/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml

.PHONY: run test check bench lock clean

run: .venv/run        ## serve the practice on this machine; PORT=, NOW= and ENDPOINT= change how
	@exec .venv/bin/python -m infra.local $(if $(PORT),--port $(PORT)) $(if $(NOW),--now $(NOW)) $(if $(ENDPOINT),--endpoint $(ENDPOINT))

test: .venv/test      ## run every test
	.venv/bin/python -m pytest

check: .venv/test     ## lint, format, types, layers, template
	.venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy && .venv/bin/lint-imports && .venv/bin/cfn-lint infra/template.yaml

bench: .venv/test     ## what a call costs: work, cold starts, round trips and units, a crowd
	@.venv/bin/python -m tests.bench

lock:                 ## resolve the dependencies of pyproject.toml anew
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv
	$(LOCK) --extra dev -o tests/requirements.txt && $(LOCK) --extra local -c tests/requirements.txt -o infra/requirements.txt && $(LOCK) -c tests/requirements.txt -o shared/requirements.txt

clean:                ## remove what the other targets made
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache && find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run: infra/requirements.txt
	$(VENV)

.venv/test: tests/requirements.txt
	$(VENV)
