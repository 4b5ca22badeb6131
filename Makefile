.PHONY: run test lint check bench clean
.DEFAULT_GOAL := check

run:  ## install what is needed, load the demo once, serve on 127.0.0.1:8000 (PORT=N for another port)
	@scripts/install.sh core
	@.venv/bin/minsheng demo --if-empty
	@.venv/bin/minsheng serve $(if $(PORT),--port $(PORT))

test:  ## lint, then the whole suite on SQLite and on PostgreSQL
	@scripts/install_test_tools.sh
	@scripts/install.sh dev
	@scripts/lint.sh
	@scripts/test.sh

lint:  ## ruff, mypy, import contracts, sizes
	@scripts/install.sh dev
	@scripts/lint.sh

check: test  ## the same as test

bench:  ## figures beside their yardsticks
	@scripts/install.sh core
	@.venv/bin/minsheng bench

clean:  ## remove what can be made again; var/ with its data stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis src/*.egg-info
