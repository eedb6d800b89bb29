#!/bin/sh
# What the fleet simulator itself takes: 10,000 sensors that publish 10,000 messages a second at QoS 1, each message
# verified at the broker, through the gateway in mode aggregating (with mosquitto) and in mode integrated.
#
#   benchmarks/fleet.sh [SECONDS]        default: 60
#
# Everything is on loopback and on its own ports. SENSORS and RATE (environment) are other numbers, CAUSEWAY_JAVA_OPTS the
# gateway's Java options. CPU is counted from when all sensors have been there for ten seconds. Needs mosquitto; exit code
# 1 if a promise was broken.
set -eu

root=$(dirname "$(readlink -f "$0")")/..
seconds=${1:-60}
sensors=${SENSORS:-10000}
rate=${RATE:-10000}
ramp_up=10
sn_port=21883
mqtt_port=21884
dir=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
PATH=$PATH:/usr/sbin
running=

stop() {
    for pid in $running; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    running=
}
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

cat >"$dir/mosquitto.conf" <<END
listener $mqtt_port 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
log_type error
END

await() { # FILE TEXT
    tries=0
    until grep -qs "$2" "$1"; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { cat "$1" >&2; exit 1; }
        sleep 0.1
    done
}

run_gateway() { # MODE
    if [ "$1" = aggregating ]; then
        mosquitto -c "$dir/mosquitto.conf" >"$dir/mosquitto.log" 2>&1 &
        running="$running $!"
        upstream="{mode: aggregating, broker: \"mqtt://127.0.0.1:$mqtt_port\"}"
    else
        upstream="{mode: integrated, listen: \"127.0.0.1:$mqtt_port\", queue: {messages: 100000, octets: 64MiB}}"
    fi
    cat >"$dir/gateway.yaml" <<END
data-dir: none
links:
  - {type: udp, bind: "127.0.0.1:$sn_port"}
upstream: $upstream
admin: none
log-level: warn
END
    "$root/causeway" run -c "$dir/gateway.yaml" >"$dir/gateway.log" 2>&1 &
    running="$! $running" # ends before its broker does
    await "$dir/gateway.log" ready
}

cpu_seconds() { # PID
    awk -v hertz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hertz }' "/proc/$1/stat"
}

resident_mib() { # PID
    awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$1/status"
}

row() { # MODE
    "$java" -XX:+UseSerialGC -Xmx512m -jar "$root/gateway/target/causeway.jar" simulate fleet \
        --gateway "udp://127.0.0.1:$sn_port" --verify "mqtt://127.0.0.1:$mqtt_port" \
        --clients "$sensors" --rate "$rate" --ramp-up ${ramp_up}s --seconds $((seconds + 10)) >"$dir/report" 2>&1 &
    fleet=$!
    running="$fleet $running"
    sleep $((ramp_up + 10))
    before=$(cpu_seconds $fleet)
    sleep "$seconds"
    after=$(cpu_seconds $fleet)
    mib=$(resident_mib $fleet)
    verdict=kept
    wait $fleet || verdict=broken
    [ $verdict = kept ] || { sound=1 && cat "$dir/report" >&2; }
    awk -v mode="$1" -v sensors="$sensors" -v rate="$rate" -v cpu="$before $after" -v seconds="$seconds" \
        -v mib="$mib" -v verdict="$verdict" 'BEGIN {
        split(cpu, at, " ")
        used = (at[2] - at[1]) / seconds
        printf "%-11s %7d %6d %6.2f %7.1f %7d  %s\n", mode, sensors, rate, used, used / rate * 1e6, mib, verdict }'
}

"$root/causeway" --version >&2 # builds what is not built
sound=0
echo "mode        sensors  msg/s  cores  us/msg RSS MiB  promises"
for mode in aggregating integrated; do
    run_gateway $mode
    row $mode
    stop
done
exit $sound
