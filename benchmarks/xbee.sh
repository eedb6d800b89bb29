#!/bin/sh
# What an XBee link carries over a line of 115,200 bit/s: 32 emulated nodes publish 77 octets at QoS 1, each its next
# message at the acknowledgement of the one before, with a window of one transmission and with others.
#
#   benchmarks/xbee.sh [WINDOW...]       default: 1 4 8
#
# The air is no limit here, and each transmission takes LATENCY (environment, 10ms). Needs socat; exit code 1 if a promise
# was broken.
set -eu

root=$(dirname "$(readlink -f "$0")")/..
[ $# -gt 0 ] || set -- 1 4 8
latency=${LATENCY:-10ms}
mqtt_port=21894
dir=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
gateway=

stop() {
    [ -z "$gateway" ] || { kill "$gateway" 2>/dev/null; wait "$gateway" 2>/dev/null; } || true
    gateway=
}
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

cat >"$dir/scenario.yaml" <<END
name: throughput
ramp-up: 5s
steady: 40s
drain: 10s
ramp-down: 2s
groups:
  - name: nodes
    count: 32
    report:
      pause: 0ms
      topic: sim/{run}/{group}/{index}/report
      payload: {octets: 77}
END

"$root/causeway" --version >&2 # builds what is not built
broken=0
echo "window  msg/s  promises"
for window in "$@"; do
    cat >"$dir/gateway.yaml" <<END
data-dir: none
links:
  - {type: xbee, port: "$dir/xbee", baud: 115200, window: $window}
upstream: {mode: integrated, listen: "127.0.0.1:$mqtt_port"}
admin: none
log-level: error
END
    "$root/causeway" run -c "$dir/gateway.yaml" >"$dir/gateway.log" 2>&1 &
    gateway=$!
    "$java" -jar "$root/gateway/target/causeway.jar" simulate xbee "$dir/scenario.yaml" --pty "$dir/xbee" \
        --air-rate 100000000 --latency "$latency" --loss 0% --max-payload 84 --buffers 8 \
        --verify "mqtt://127.0.0.1:$mqtt_port" >"$dir/run" || broken=1
    stop
    sent=$(awk '$1 == "nodes" { gsub(",", ""); print $2; exit }' "$dir/run")
    promises=$(grep -q '^Every promise was kept' "$dir/run" && echo kept || echo broken)
    printf '%6d  %5d  %s\n' "$window" $((sent / 43)) "$promises"
done
exit $broken
