#!/usr/bin/env bash
# Before every commit: formats all modules, then runs everything that the build checks.
set -eu
cd "$(dirname "$0")/.."

./mvnw --batch-mode --quiet --non-recursive -Dformat.mode=write validate
./mvnw --batch-mode --no-transfer-progress verify

git diff --quiet || echo "There are changes that are not staged (the formatter may have made some): git diff"
