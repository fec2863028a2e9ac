# Two commands matter: `make run` and `make test`. Everything they need, they install.
.PHONY: run demo test test-quick test-system check bench faults load kills backup restore assets guide requirements release clean

SAMPLE ?= yes
PORT ?= 8000

run: ## serve on 127.0.0.1:8000 with sample years; SAMPLE=no starts clean, PORT=8010 moves it
	@SAMPLE=$(SAMPLE) PORT=$(PORT) bash bin/run serve

demo: ## the same without serving
	@SAMPLE=$(SAMPLE) PORT=$(PORT) bash bin/run prepare

test: ## the whole suite: checks, SQLite, PostgreSQL, browser
	@bash bin/test check sqlite postgresql system

test-quick: ## unit and integration tests on SQLite in about seven minutes, for working
	@bash bin/test quick

test-system: ## the browser tests alone
	@bash bin/test system

check: ## format, lint, types, layers, templates, migrations, deployment settings
	@bash bin/test check

bench: ## ratios, all from one run
	@bash bin/measure bench

faults: ## workers killed in the middle of a pack
	@bash bin/measure faults

load: ## eight people at once for a minute: errors, times, memory
	@bash bin/measure load

kills: ## web, worker, beat, Redis and PostgreSQL stopped one after the other while people work
	@bash bin/measure kills

backup: ## database and files into a new folder in BACKUP_DIR (var/backups), the newest BACKUP_KEEP of them kept
	@bash bin/backup

restore: ## make restore FROM=var/backups/cspplan-...; onto a database that holds anything only with FORCE=yes
	@FROM="$(FROM)" FORCE="$(FORCE)" bash bin/restore

assets: ## static/build/ from static/scss/ and govuk-frontend
	@bash bin/packages run
	@bash bin/assets

guide: ## the pictures of docs/guide/, taken anew from a sample installation
	@bash bin/guide-pictures

release: ## dist/cspplan-*.tar.gz of what is committed, with the front end built, for a server without Node
	@bash bin/packages run
	@bash bin/release

requirements: ## pin what requirements*.in ask for, newest first
	@bash bin/pin

clean: ## what can be made again; your data in var/ stays
	rm -rf .venv node_modules static/build staticfiles dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
