#!/bin/sh
# Pins every requirement with its hashes for all supported Pythons; names no registry.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv
compile() {
    out=$1
    shift
    .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --extra demo --group build "$@" \
        --output-file "$out" >/dev/null
    if grep -n '://' "$out"; then
        echo "$out names an address; remove it before committing." >&2
        exit 1
    fi
}
compile requirements.txt
compile requirements-dev.txt --group dev --extra roster
