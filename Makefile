# sangkien from the command line. `make` alone lists the targets.

SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
RUN := .venv/bin/python
TESTS := -m pytest
PYTEST := $(RUN) $(TESTS)
STOP_TESTS := $(RUN) -m deploy.local down test

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests demo run down test test-fast test-rabbit4 test-containers test-upgrade containers check format lint docs bench bench-assignment bench-ledger bench-originality bench-papers bench-notices bench-portal bench-scaling clean lighthouse mutants auditor api-fuzz chaos

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing: Python packages, RabbitMQ, fonts
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. Install it (Debian: apt-get install python3) or use Docker: make containers"; exit 1; }
	@"$(PYTHON)" deploy/setup.py

demo: setup ## play a whole contest through the real platform, then stop it
	@$(RUN) -m demo.play

run: setup ## play it and stay up, with the portal's address and a login per role
	@$(RUN) -m demo.play --stay

down: setup ## stop every stack of this checkout
	@$(RUN) -m deploy.local down

setup-tests: setup
	@"$(PYTHON)" deploy/setup.py --browser

test: setup-tests ## run every test
	@$(PYTEST) -n 2 --dist loadfile -m "not stack" && $(PYTEST) -m stack; status=$$?; $(STOP_TESTS); exit $$status

test-fast: setup ## run the tests that need no server and less than a second each, with few examples of a kind
	@$(PYTEST) -m "not slow and not stack" --hypothesis-profile fast -n 2 tests/unit tests/contract tests/architecture

test-rabbit4: setup ## run the journey and reliability tests on RabbitMQ 4 (root, Debian)
	@$(RUN) -m deploy.local.rabbit4 $(PYTEST) tests/journey tests/reliability

test-containers: setup ## build the images and play a contest in them (root, Debian; 6 minutes)
	@$(PYTEST) tests/containers; status=$$?; $(RUN) -m deploy.local down containers; exit $$status

test-upgrade: setup ## run copies of the version before beside ours, under load (PREVIOUS=REVISION)
	@$(PYTEST) tests/upgrade; status=$$?; $(RUN) -m deploy.local down upgrade; exit $$status

containers: ## start the platform in containers: their passwords, then docker compose up --wait
	@command -v docker > /dev/null || { echo "Docker is missing; see docs/howto/containers.md"; exit 1; }
	@if command -v python3 > /dev/null; then python3 -m deploy.containers.make_secrets; \
	else docker run --rm --volume "$$PWD:/app" --workdir /app python:3.11-slim python -m deploy.containers.make_secrets; fi
	@docker compose up --build --wait

check: setup-tests lint ## everything that must hold: lint, imports, types, docs, tests, coverage
	@$(RUN) -m coverage run $(TESTS); status=$$?; $(STOP_TESTS); exit $$status
	@$(RUN) -m coverage report

lint: setup ## format, lint, imports, types, docstrings; changes nothing
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/lint-imports
	@.venv/bin/mypy
	@.venv/bin/interrogate --quiet --ignore-private --ignore-semiprivate -c pyproject.toml services contracts kernel telemetry press upkeep invariants deploy demo

format: setup ## put the code into its usual form
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix-only --quiet .

docs: setup ## write docs/reference anew from the code
	@$(RUN) -m docs.generator

bench: setup ## measure, print a table, write JSON
	@$(RUN) -m benchmarks

bench-assignment: setup ## time who judges what for 10,000 entries, beside other ways
	@$(RUN) -m benchmarks.assignment

bench-ledger: setup ## plant events in trees, prove among ten million, count a large kit again
	@$(RUN) -m benchmarks.ledger

auditor: ## write the recount as one file, sangkien-recount.pyz, that needs nothing of the platform
	@python3 deploy/auditor.py sangkien-recount.pyz

api-fuzz: setup-tests ## send the API whatever its description allows and does not, for a quarter of an hour
	@FUZZ_EXAMPLES=50 $(PYTEST) tests/service/gateway/test_fuzz.py --timeout 7200

chaos: setup ## let FAULTS faults (500) drawn from SEED (1) befall a stack at work, check what must hold (root)
	@$(RUN) -m tests.reliability.chaos --seed $(or $(SEED),1) --faults $(or $(FAULTS),500)

mutants: setup ## change the recount in every place and see who notices
	@$(RUN) -m tests.unit.recount.mutants

bench-papers: setup ## print and sign 500 certificates, beside LibreOffice turning them into PDF
	@$(RUN) -m benchmarks.papers

bench-notices: setup ## letters and pushes a second, a million in the queue, 100,000 to those who misbehave
	@$(RUN) -m benchmarks.notices

bench-portal: setup ## read pages and hand entries in, beside pretalx doing the same (installs it)
	@$(RUN) -m benchmarks.portal

bench-scaling: setup ## do the same work with 1, 2, 4 and 8 copies of a service, near its servers and far
	@$(RUN) -m benchmarks.scaling

bench-originality: setup ## measure what the originality check finds, beside its gates (needs SANGKIEN_DATA)
	@$(RUN) -m benchmarks.originality

lighthouse: setup-tests ## measure the public pages as on a slow phone (needs Node.js)
	@$(RUN) -m benchmarks.lighthouse

clean: ## stop everything and remove what make has made
	@test ! -x $(RUN) || $(RUN) -m deploy.local down
	rm -rf .local .venv .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
