#!/bin/sh
# Loads a whole system on this machine and prints a table: sensors -> gateway -> mosquitto -> counting subscriber, or,
# with MODE=integrated in the environment, sensors -> gateway, which is the broker -> counting subscriber.
#
#   benchmarks/system.sh [SECONDS] [CLIENTS...]        default: 10 seconds; 1, 100, 1000 and 10000 clients
#
# Everything is on loopback and on its own ports. At QoS 1 and 2 every client has one message under way and sends the
# next one when it is acknowledged; at QoS 0 messages are sent at RATE per second (environment; default 20000).
# KEEP (environment) says what the gateway keeps over a restart: none (default), all (a data-dir in STATE, by default under
# /var/tmp), or journal: all, and QoS 1 is acknowledged by the journal.
# LOOPS sets the gateway's event loops, CAUSEWAY_JAVA_OPTS its Java options. Needs mosquitto; exit code 1 if a message was
# acknowledged and is missing at the broker.
set -eu

root=$(dirname "$(readlink -f "$0")")/..
seconds=${1:-10}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1 100 1000 10000
rate=${RATE:-20000}
sn_port=21883
mqtt_port=21884
dir=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
PATH=$PATH:/usr/sbin
broker=
gateway=

stop() {
    for pid in $gateway $broker; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$dir" "$state"
}
state=
trap stop EXIT
trap 'exit 130' INT TERM

cat >"$dir/mosquitto.conf" <<END
listener $mqtt_port 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
log_type error
END
journal=
case ${KEEP:-none} in
none) data=none ;;
all) state=$(mktemp -d "${STATE:-/var/tmp}/causeway-system.XXXXXX") && data=$state ;;
journal)
    state=$(mktemp -d "${STATE:-/var/tmp}/causeway-system.XXXXXX") && data=$state
    journal=", journal: {acknowledge: journal}"
    ;;
*) echo "KEEP is none, all or journal" >&2 && exit 2 ;;
esac
case ${MODE:-aggregating} in
aggregating) upstream="{mode: aggregating, broker: \"mqtt://127.0.0.1:$mqtt_port\"$journal}" ;;
integrated)
    # The queue has room for all that can be under way: what is measured is speed.
    upstream="{mode: integrated, listen: \"127.0.0.1:$mqtt_port\", max-inflight: 1000, queue: {messages: 100000, octets: 64MiB}}"
    ;;
*) echo "MODE is aggregating or integrated" >&2 && exit 2 ;;
esac
cat >"$dir/gateway.yaml" <<END
data-dir: $data
links:
  - {type: udp, bind: "127.0.0.1:$sn_port"}
upstream: $upstream
loops: ${LOOPS:-auto}
admin: none
log-level: warn
END

await() { # FILE TEXT
    tries=0
    until grep -q "$2" "$1"; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { cat "$1" >&2; exit 1; }
        sleep 0.1
    done
}

"$root/causeway" --version >&2 # builds what is not built
if [ "${MODE:-aggregating}" = aggregating ]; then
    mosquitto -c "$dir/mosquitto.conf" >"$dir/mosquitto.log" 2>&1 &
    broker=$!
fi
"$root/causeway" run -c "$dir/gateway.yaml" >"$dir/gateway.log" 2>&1 &
gateway=$!
await "$dir/gateway.log" ready

load() {
    "$java" -XX:+UseSerialGC -jar "$root/gateway/target/causeway.jar" simulate load \
        --gateway "udp://127.0.0.1:$sn_port" --verify "mqtt://127.0.0.1:$mqtt_port" --pid $gateway "$@"
}

sound=0
load --clients 100 --qos 1 --seconds 10 >/dev/null || true # the JVM gets warm
header=yes
for clients in "$@"; do
    for qos in 0 1 2; do
        if [ $qos = 0 ]; then
            paced="--rate $rate"
        else
            paced=
        fi
        # shellcheck disable=SC2086 # a list of words
        load --clients "$clients" --qos $qos --seconds "$seconds" $paced >"$dir/row" || sound=1
        [ $header = no ] || head -n 1 "$dir/row"
        header=no
        tail -n 1 "$dir/row"
    done
done
exit $sound
