#!/bin/sh
# Measures what it costs to keep promises over a restart: octets written for a message that goes to the journal, a million
# of them over kill -9, and 20,000 sleeping clients with messages over kill -9.
#
#   benchmarks/store.sh [OPTION...]          --help lists the options
#
# STATE (environment) is a directory on the disk to measure; by default one is made under /var/tmp. CAUSEWAY_JAVA_OPTS are
# the gateway's Java options.
set -eu

root=$(dirname "$(dirname "$(readlink -f "$0")")")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$root/benchmarks/target/benchmarks.jar
state=$(mktemp -d "${STATE:-/var/tmp}/causeway-store.XXXXXX")
trap 'rm -rf "$state"' EXIT
trap 'exit 130' INT TERM

is_built() {
    [ -f "$jar" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$jar" -print -quit)" ]
}
is_built || {
    echo "building ..." >&2
    (cd "$root" && mvn -q -B -ntp package -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2
}
"$root/causeway" --version >&2 # builds what is not built
"$java" -XX:+UseSerialGC -cp "$jar" io.causeway.benchmarks.store.StoreBenchmark \
    --program "$root/causeway" --directory "$state" "$@"
