#!/bin/sh
# Measures MQTT brokers side by side on this machine: mosquitto, and Causeway's own.
#
#   benchmarks/broker.sh [--short] [OPTION...] [NAME=HOST:PORT...]
#
# --short measures a few seconds a row. Every NAME=HOST:PORT is one more broker, running already, of which this machine tells
# neither CPU time nor memory. --rows TEXT measures only the rows whose name contains TEXT; --help lists the other options.
# BROKERS (environment; default "mosquitto causeway") says which brokers are started here, each on a free port of loopback;
# CAUSEWAY_JAVA_OPTS are Causeway's Java options. Needs mosquitto; exit code 1 if a message is missing.
set -eu

root=$(dirname "$(dirname "$(readlink -f "$0")")")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$root/benchmarks/target/benchmarks.jar
PATH=$PATH:/usr/sbin
connections=10000
dir=$(mktemp -d)
load=

# The load ends the brokers that it has started.
stop() {
    if [ -n "$load" ]; then
        kill "$load" 2>/dev/null || true
        wait "$load" || true
    fi
    cat "$dir"/*.log >&2 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Prints the first port from PORT on that nobody listens on.
free_port() { # PORT
    port=$1
    while grep -q ":$(printf %04X "$port") 0*:0000 0A" /proc/net/tcp /proc/net/tcp6; do
        port=$((port + 1))
    done
    echo "$port"
}

mosquitto_port=$(free_port 21885)
causeway_port=$(free_port $((mosquitto_port + 1)))

# Without these limits mosquitto drops messages, or waits for its clients' acknowledgements, by settings rather than by
# what it can carry.
cat >"$dir/mosquitto.conf" <<END
listener $mosquitto_port 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
max_inflight_messages 0
log_type error
END
cat >"$dir/causeway.yaml" <<END
data-dir: none
links:
  - {type: udp, bind: "127.0.0.1:0"}
upstream: {mode: integrated, listen: "127.0.0.1:$causeway_port", max-connections: 20000}
admin: none
log-level: warn
END

# Every connection is a file descriptor of the broker's and one of the load's.
ulimit -n "$(ulimit -H -n)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -gt $((connections + 100)) ] || {
    connections=$(($(ulimit -n) - 100))
    echo "ulimit -n is $(ulimit -n): only $connections connections" >&2
}

if [ "${1-}" = --short ]; then
    shift
    set -- --seconds 2 --topics 10000 "$@"
fi
for broker in ${BROKERS-mosquitto causeway}; do
    case $broker in
    mosquitto) set -- "mosquitto=127.0.0.1:$mosquitto_port=mosquitto -c '$dir/mosquitto.conf' 2>>'$dir/mosquitto.log'" "$@" ;;
    causeway) set -- "$@" "causeway=127.0.0.1:$causeway_port='$root/causeway' run -c '$dir/causeway.yaml' 2>>'$dir/causeway.log'" ;;
    *) echo "BROKERS: mosquitto or causeway, not $broker" >&2; exit 2 ;;
    esac
done

is_built() {
    [ -f "$jar" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$jar" -print -quit)" ]
}
is_built || {
    echo "building ..." >&2
    (cd "$root" && mvn -q -B -ntp package -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2
}
"$root/causeway" --version >&2 # builds what is not built
"$java" -XX:+UseSerialGC -Xms256m -cp "$jar" io.causeway.benchmarks.broker.BrokerBenchmark \
    --connections "$connections" "$@" &
load=$!
status=0
wait "$load" || status=$?
load=
exit $status
