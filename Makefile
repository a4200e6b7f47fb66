# Needs make and Python 3.11 or later; everything else goes into .venv.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

REPORT = data/raw/district_hrss_2021.txt
LANGUAGE = zh
OUTPUT = data/processed
CORPUS =

.DEFAULT_GOAL := help
.PHONY: help setup report test notebooks benchmark clean

help:
	@echo 'make report                 analyse the example report; the pages go to data/processed/'
	@echo 'make report REPORT=my.txt   analyse another report (LANGUAGE=en for English, OUTPUT=folder for another place,'
	@echo '                            CORPUS=folder for its peers and the year before, from what gongkai run wrote)'
	@echo 'make test                   style, types, tests, and the notebooks with their outputs compared'
	@echo 'make notebooks              run the notebooks and keep their new outputs (after a change that alters what they show)'
	@echo 'make benchmark              renew the tables of benchmarks/ (some hours; needs chromium, LibreOffice, pdftotext)'
	@echo 'make setup                  make .venv and install into it; the other targets do it by themselves'
	@echo 'make clean                  remove .venv and caches; results stay'

# Some machines forbid Python to write bytecode as it runs, and then every start would compile the package anew.
setup: $(STAMP)
	@$(BIN)/python -m compileall -q src

report: setup
	@$(BIN)/gongkai report "$(REPORT)" --language "$(LANGUAGE)" --output "$(OUTPUT)" $(if $(CORPUS),--corpus "$(CORPUS)")

test: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest --nbval --nbval-current-env tests notebooks

notebooks: setup
	cd notebooks && ../$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
	  --ExecutePreprocessor.record_timing=False --ExecutePreprocessor.store_widget_state=False *.ipynb
	# The library behind the interactive tables comes back whenever the notebook runs; it is not kept.
	cd notebooks && ../$(BIN)/jupyter nbconvert --to notebook --inplace --TagRemovePreprocessor.enabled=True \
	  --TagRemovePreprocessor.remove_all_outputs_tags interactive-setup *.ipynb

benchmark: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks.accuracy --count 60 --first-seed 40000 --write
	$(BIN)/python -m benchmarks.localisation --write
	$(BIN)/python -m benchmarks.rules --write
	$(BIN)/python -m benchmarks.held_out --write
	$(BIN)/python -m benchmarks.copied --write
	$(BIN)/python -m benchmarks.themes --write
	$(BIN)/python -m benchmarks.reuse --write
	$(BIN)/python -m benchmarks.pdf_speed --write
	$(BIN)/python -m benchmarks.speed --write
	$(BIN)/python -m benchmarks.notebooks --write
	$(BIN)/python -m benchmarks.scale --write
	$(BIN)/python -m benchmarks.panel_speed --write
	$(BIN)/python -m benchmarks.scans --count 106 --first-seed 40000 --write

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests notebooks -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

SUITABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

$(STAMP): pyproject.toml
	@if ! $(BIN)/python -c '$(SUITABLE)' 2>/dev/null; then \
	  for python in python3.11 python3.12 python3.13 python3 python; do \
	    if $$python -c '$(SUITABLE)' 2>/dev/null; then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo 'gongkai needs Python 3.11 or later with its venv module (on Debian: apt install python3 python3-venv).' >&2; \
	    exit 1; \
	  fi; \
	  $$found -m venv --clear $(VENV) || exit 1; \
	fi
	@echo 'Installing into $(VENV); the first time this takes a few minutes.' >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
