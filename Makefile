# Thin on purpose: each target calls a tool of tools/, which can be read and run by itself.
.DEFAULT_GOAL := help
.PHONY: help setup demo test dist size bench lint clean

PORT ?= 8787
DATA ?=
PART ?=

help: ## say what there is
	@echo "Entraide: make TARGET"
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 12
	@echo "  make demo PORT=9000 DATA=people.csv   another port; your own colleagues from CSV or JSON"

setup: ## install what building and testing need
	@tools/setup.sh ci

demo: ## build everything and serve the demo at http://127.0.0.1:8787/
	@tools/setup.sh
	@node tools/demo.mjs --port "$(PORT)" --data "$(DATA)"

test: ## run every check and test, real browser included
	@tools/setup.sh test
	@node tools/test.mjs

dist: ## build what a page owner needs into dist/, and check its size
	@tools/setup.sh
	@node tools/build.mjs
	@node tools/size.mjs

size: ## what the files of dist/ weigh, and the budgets they keep
	@node tools/size.mjs

bench: ## measure sizes, start-up, reading, search and import (PART=search or PART=decode: that alone)
	@tools/setup.sh test
	@PART="$(PART)" node tools/bench.mjs

lint: ## formatting and lints of Rust, natively and for the browser
	@tools/setup.sh
	@node tools/lint.mjs

clean: ## remove what was built (and the demo's databases)
	rm -rf target dist .cache/site .cache/demo tests/output
