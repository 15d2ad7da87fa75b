PYTHON ?= python3
export PYTHONPATH := shared:.
export UV_PYTHON_DOWNLOADS := never
# SAM reads only AWS_DEFAULT_REGION; AWS's other tools prefer AWS_REGION.
export AWS_DEFAULT_REGION := $(or $(value AWS_REGION),$(value AWS_DEFAULT_REGION))
ifeq ($(AWS_DEFAULT_REGION),)
unexport AWS_DEFAULT_REGION
endif
VENV ?= .venv
STACK ?= openhour
# What a user sets is passed on in the environment as it is: neither make nor the shell evaluates it.
$(foreach name,ARTIFACTS_DIR EMAIL ENDPOINT FUZZ_EXAMPLES NOW OPERATIONS OPTIONS PORT RECORD SEED STACK,$(if $(value $(name)),\
  $(eval override $(name) := $$(value $(name)))$(eval export $(name))))
SAM = SAM_CLI_TELEMETRY=0 .venv/build/bin/sam
INSTALL = @echo "Installing what $@ needs, once. This takes up to a minute."; $(PYTHON) -m venv $(@D) && $(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $< && touch $@
DENO = cd "$(CURDIR)/functions/web" && DENO_DIR="$(CURDIR)/.venv/deno/cache" DENO_NO_PROMPT=1 DENO_NO_UPDATE_CHECK=1 "$(CURDIR)/.venv/deno/bin/deno"
PAGES = functions/web/built/manifest.json
PAGE_SOURCES := $(shell find functions/web \( -name node_modules -o -name built -o -name pictures -o -name tests \) -prune -o -type f -not -name '*.py' -not -name '*.pyc' -print)
INSTALL_CHROMIUM = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -qq chromium >/dev/null; }
STRESS = .venv/bin/python -m tests.stress.runner
XDIST = --numprocesses auto --no-loadscope-reorder
# Runs what follows with the Python version that Lambda runs, or says that there is none and stops.
WITH_RUNTIME = python=$$($(PYTHON) -m infra.build.runtime) || exit 0
LOCK = .venv/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.PHONY: run test test-pages test-engine test-runtime test-artifacts mails pages api-types screenshots check fuzz stress bench capacity build deploy firewall lock clean

run: .venv/run        ## serve the practice on this machine; PORT=, NOW= and ENDPOINT= change how
	@$(MAKE) --silent pages || echo "The pages could not be built: serving the API without them."
	@exec .venv/bin/python -m infra.local $${PORT:+--port "$$PORT"} $${NOW:+--now "$$NOW"} $${ENDPOINT:+--endpoint "$$ENDPOINT"}

test: $(VENV)/test    ## run every test
	$(VENV)/bin/python -m pytest $(XDIST)

test-pages: pages .venv/browser/made  ## test the pages: their modules, and the whole in a browser
	@command -v chromium >/dev/null || $(INSTALL_CHROMIUM) || { echo "The browser tests need Debian's package chromium."; exit 1; }
	$(DENO) test --quiet tests
	.venv/browser/bin/python -m pytest $(XDIST) -p no:cacheprovider tests/browser

screenshots: pages .venv/browser/made  ## take pictures of every view, in .run/screenshots
	@.venv/browser/bin/python -m tests.browser.screenshots

mails: .venv/test     ## write every mail as HTML and text, in .run/mails
	@.venv/bin/python -m tests.mails

pages: $(PAGES)       ## build the pages

api-types: .venv/deno/made  ## write the pages' types of the API again, after the API has changed
	$(DENO) install --frozen --quiet && $(DENO) task --quiet types

test-engine: .venv/test  ## run the store's and functions' tests on DynamoDB Local, then the stress test
	.venv/bin/python -m pytest --engine $(XDIST) tests/store tests/functions
	$(STRESS) --operations "$${OPERATIONS:-5000}" --seed "$${SEED:-1}"
	$(STRESS) --mutations --operations 1000 --mutate book.slots.state

stress: .venv/test    ## stress the store on DynamoDB Local; OPERATIONS= and SEED= change how
	$(STRESS) --operations "$${OPERATIONS:-20000}" --seed "$${SEED:-1}"

test-runtime:         ## run every test on the version of Python that Lambda runs
	@$(WITH_RUNTIME); $(MAKE) --no-print-directory test VENV=.venv/runtime PYTHON=$$python

test-artifacts: .venv/test .venv/build/made pages  ## build every function, and run it in Lambda's emulator
	@$(WITH_RUNTIME); .venv/build/bin/python -m infra.build --host && $(MAKE) --silent .venv/emulator/made PYTHON=$$python && .venv/bin/python -m pytest tests/artifacts

check: .venv/test .venv/build/made .venv/checkov/made .venv/deno/made  ## lint, format, types, layers, templates, pages
	.venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy && .venv/bin/lint-imports && .venv/bin/cfn-lint infra/template.yaml infra/firewall.yaml
	@$(SAM) validate --lint --region us-east-1 --template infra/template.yaml
	@mkdir -p .aws-sam && .venv/bin/python -m infra.translation .aws-sam/translated.json && .venv/checkov/bin/checkov --config-file .checkov.yaml --file .aws-sam/translated.json infra/firewall.yaml
	$(DENO) install --frozen --quiet && $(DENO) check && $(DENO) lint --quiet && $(DENO) fmt --check --quiet && $(DENO) task --quiet types --check && $(DENO) test --quiet tests

fuzz: .venv/test      ## send FUZZ_EXAMPLES= random requests to each operation, and broken events to each function
	FUZZ_EXAMPLES="$${FUZZ_EXAMPLES:-20}" .venv/bin/python -m pytest tests/fuzz --timeout 900

bench: .venv/test pages  ## measure what a call costs: CPU time, cold starts, round trips, contention; RECORD=1 keeps it
	@.venv/bin/python -m infra.bench $${RECORD:+--record}

build: .venv/build/made pages  ## package every function, in .aws-sam
	@.venv/build/bin/python -m infra.build

deploy: .venv/build/made  ## deploy the packages; EMAIL= is needed the first time, STACK= and OPTIONS= change what is deployed
	@.venv/build/bin/python -m infra.deploy

firewall: .venv/build/made  ## deploy the firewall for CloudFront, in us-east-1
	@.venv/build/bin/python -m infra.deploy --firewall

build-%: .venv/build/made pages
	@.venv/build/bin/python -m infra.build.artifact $* "$$ARTIFACTS_DIR"

capacity: .venv/test  ## print what practices cost a month, by number, and which quotas they reach first
	@.venv/bin/python -m infra.capacity

lock:                 ## pin the dependencies of pyproject.toml again
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv
	$(LOCK) pyproject.toml --extra dev -o tests/requirements.txt && $(LOCK) pyproject.toml --extra local -c tests/requirements.txt -o infra/requirements.txt && $(LOCK) pyproject.toml -c tests/requirements.txt -o shared/requirements.txt
	$(LOCK) --group build -o infra/build/requirements.txt && $(LOCK) --group emulator -o tests/artifacts/requirements.txt && $(LOCK) --group checkov -o tests/infra/requirements.txt
	$(LOCK) --group pages -o functions/web/requirements.txt && $(LOCK) pyproject.toml --extra dev --group browser -c tests/requirements.txt -o tests/browser/requirements.txt

clean:                ## remove everything that the other targets create
	rm -rf .venv .aws-sam .run functions/web/built functions/web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache && find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run: infra/requirements.txt | .venv/bin/openhour
	$(INSTALL)

$(VENV)/test: tests/requirements.txt | $(VENV)/bin/openhour
	$(INSTALL)

%/bin/openhour: infra/cli/__main__.py  # the console script, which needs no build backend
	@mkdir -p $(@D) && printf '#!/bin/sh\nexec "%s" -P "%s" "$$@"\n' "$$(cd $(@D) && pwd)/python" "$$PWD/$<" >$@ && chmod +x $@

.venv/build/made: infra/build/requirements.txt
	$(INSTALL)

.venv/emulator/made: tests/artifacts/requirements.txt
	$(INSTALL)

.venv/deno/made: functions/web/requirements.txt
	$(INSTALL)

.venv/browser/made: tests/browser/requirements.txt
	$(INSTALL)

$(PAGES): $(PAGE_SOURCES) | .venv/deno/made
	@echo "Building the pages."; $(DENO) install --frozen --quiet && $(DENO) task --quiet build

.venv/checkov/made: tests/infra/requirements.txt
	$(INSTALL)
