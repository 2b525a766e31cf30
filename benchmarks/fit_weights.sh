#!/bin/sh
# Fit the weights that ship, src/newsdedup/model/weights.yaml, and print how they do on pairs they have not seen.
#
#     benchmarks/fit_weights.sh CORPORA
#
# CORPORA holds the four archives whose labelled pairs are in corpus/gold; they may not ship with the project.
set -eu
data=${1:?the folder of the archives}
gold=corpus/gold
cd "$(dirname "$0")/.."
exec newsdedup tune \
  --archive "$data/reuters21578" "$gold/reuters21578-dev.jsonl" \
  --archive "$data/reuters106k-dev.jsonl.gz" "$gold/reuters106k-dev.jsonl" \
  --archive "$data/asprout.jsonl.gz" "$gold/asprout-dev.jsonl" \
  --archive "$data/saudinewsnet-dev.jsonl.gz" "$gold/saudinewsnet-dev.jsonl" \
  --penalty 20 --out src/newsdedup/model/weights.yaml --force
