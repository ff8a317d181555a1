#!/bin/sh
# Builds what is committed twice, in folders of different names, and compares what is packaged: jars, notices, list of contents.
# Not compared are the class-data archives, in which Java writes addresses. One JDK for both: another one compiles otherwise.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in one another; do
  mkdir -p "$work/$name/soundlift"
  git archive HEAD | tar -x -C "$work/$name/soundlift"
  (cd "$work/$name/soundlift" && ./mvnw -q -B -Dmaven.test.skip=true package)
  (cd "$work/$name/soundlift/target/soundlift" && find . -type f ! -name '*.jsa' ! -name '*.aot*' ! -path '*/natives/*.list' -exec sha256sum {} + | sort -k 2) \
    >"$work/$name.txt"
done
diff "$work/one.txt" "$work/another.txt" && echo "the same: $(wc -l <"$work/one.txt") files"
