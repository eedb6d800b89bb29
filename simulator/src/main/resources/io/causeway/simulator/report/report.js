"use strict";
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  const samples = report.samples;
  const charts = [];
  const number = new Intl.NumberFormat("en");

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  const two = (count) => String(count).padStart(2, "0");

  const clock = (seconds) => {
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60);
    return minutes < 60
      ? minutes + ":" + two(whole % 60)
      : Math.floor(minutes / 60) + ":" + two(minutes % 60) + ":" + two(whole % 60);
  };

  const latency = (micros) => {
    const digits = (value) => String(Number(value.toPrecision(3)));
    if (micros < 1e3) return digits(micros) + " µs";
    return micros < 1e6 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  };

  /** The phases of the run, each from where the one before it ended. */
  const spans = [];
  for (const sample of samples) {
    const span = spans[spans.length - 1];
    if (span && span.phase === sample.phase) {
      span.end = sample.elapsed_s;
    } else {
      spans.push({ phase: sample.phase, begin: span ? span.end : 0, end: sample.elapsed_s });
    }
  }

  /** Draws a line where a phase begins, and its name above it if there is room. */
  const phases = {
    id: "phases",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = color("faint");
      ctx.font = "11px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.setLineDash([3, 3]);
      for (const { phase, begin, end } of spans) {
        const left = scales.x.getPixelForValue(begin);
        const right = scales.x.getPixelForValue(end);
        const name = phase.replace("_", "-");
        if (begin > 0) {
          ctx.beginPath();
          ctx.moveTo(left, chartArea.top - 12);
          ctx.lineTo(left, chartArea.bottom);
          ctx.stroke();
        }
        if (ctx.measureText(name).width < right - left) {
          ctx.fillText(name, (left + right) / 2, chartArea.top - 4);
        }
      }
      ctx.restore();
    },
  };

  const timeAxis = () => {
    const last = samples.length === 0 ? 1 : samples[samples.length - 1].elapsed_s;
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
    const stepSize = steps.find((step) => last / step <= 8) ?? Math.ceil(last / 8);
    return { type: "linear", min: 0, max: last, grid: { display: false }, ticks: { stepSize, callback: clock, maxRotation: 0 } };
  };

  const line = (label, series, points, extra) => ({
    label,
    data: points,
    borderColor: color(series),
    backgroundColor: color(series),
    borderWidth: 1.6,
    pointRadius: points.length === 1 ? 3 : 0,
    pointHitRadius: 8,
    spanGaps: false,
    ...extra,
  });

  const overTime = (value) => samples.map((sample, index) => ({
    x: sample.elapsed_s,
    y: value(sample, sample.elapsed_s - (index === 0 ? 0 : samples[index - 1].elapsed_s)),
  }));

  const perSecond = (key) => overTime((sample, seconds) => (seconds > 0 ? sample[key] / seconds : null));

  const latencyOverTime = (key, percentile) => overTime((sample) => {
    const latencies = sample[key];
    return latencies.count === 0 || latencies[percentile] === 0 ? null : latencies[percentile];
  });

  const happened = (key) => samples.some((sample) => sample[key] > 0);
  const dashed = { borderDash: [5, 3] };

  const draw = (id, config, tooltip, plugins) => {
    const canvas = document.getElementById(id);
    charts.push(new Chart(canvas, {
      type: "line",
      plugins,
      ...config,
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        interaction: { mode: "index", intersect: false },
        layout: { padding: { top: 14 } },
        plugins: {
          legend: { position: "bottom", labels: { boxWidth: 18, boxHeight: 2 }, ...config.legend },
          tooltip: { callbacks: tooltip },
        },
        scales: config.scales,
      },
    }));
  };

  /** With a line at each power of ten, and at twice and five times of them where there is room. */
  const latencyAxis = () => ({
    type: "logarithmic",
    grid: { color: color("line") },
    afterBuildTicks(axis) {
      const factors = axis.max / axis.min > 1e3 ? [1] : [1, 2, 5];
      axis.ticks = axis.ticks.filter(({ value }) => factors.includes(Number((value / 10 ** Math.floor(Math.log10(value))).toFixed(6))));
    },
    ticks: { autoSkip: false, callback: (value) => latency(value) },
  });

  const tooltip = (title, unit) => ({
    title: (items) => (items.length === 0 ? "" : title(items[0].parsed.x)),
    label: (item) => " " + item.dataset.label + ": " + unit(item.parsed.y),
  });

  const drawRates = () => {
    const keys = [["sent", "sent", "series-5", dashed], ["acknowledged", "acknowledged", "series-1"],
      ["arrived", "at the broker", "series-2"], ["commands", "commands sent", "series-4", dashed],
      ["received", "commands received", "series-3"]];
    draw("rates", {
      data: { datasets: keys.filter(([key]) => happened(key)).map(([key, label, series, extra]) => line(label, series, perSecond(key), extra)) },
      scales: { x: timeAxis(), y: { beginAtZero: true, grid: { color: color("line") }, ticks: { callback: (value) => number.format(value) } } },
    }, tooltip(clock, (value) => number.format(Math.round(value * 10) / 10) + "/s"), [phases]);
  };

  const drawLatencies = () => {
    const datasets = [];
    const add = (key, name, series) => {
      if (!samples.some((sample) => sample[key].count > 0)) return;
      datasets.push(line(name + " p50", series, latencyOverTime(key, "p50")));
      datasets.push(line(name + " p99", series, latencyOverTime(key, "p99"), dashed));
    };
    add("acknowledgement_us", "acknowledged", "series-1");
    add("end_to_end_us", "at the broker", "series-2");
    draw("latencies", { data: { datasets }, scales: { x: timeAxis(), y: latencyAxis() } }, tooltip(clock, latency), [phases]);
  };

  const drawStates = () => {
    const states = ["active", "asleep", "awake", "beacon", "connecting", "disconnected", "dark", "off"]
      .filter((state) => samples.some((sample) => sample.states[state] > 0));
    draw("states", {
      data: { datasets: states.map((state, index) => line(state, state, overTime((sample) => sample.states[state] ?? 0),
        { fill: index === 0 ? "origin" : "-1", borderWidth: 0 })) },
      legend: { labels: { boxWidth: 12, boxHeight: 12 } },
      scales: { x: timeAxis(), y: { stacked: true, max: report.scenario.sensors, beginAtZero: true, grid: { color: color("line") },
        ticks: { callback: (value) => number.format(value) } } },
    }, tooltip(clock, (value) => number.format(value)), [phases]);
  };

  /** As HdrHistogram draws it: each nine of the percentile takes the same width. */
  const drawDistribution = () => {
    const nines = (percentile) => 1 / (1 - percentile / 100);
    const percentile = (x) => Number((100 * (1 - 1 / x)).toPrecision(7)) + " %";
    const datasets = [];
    const add = (key, label, series, extra) => {
      const steps = report.latencies[key].distribution.filter((step) => step.percentile < 100 && step.us > 0);
      if (steps.length > 0) datasets.push(line(label, series, steps.map((step) => ({ x: nines(step.percentile), y: step.us })), extra));
    };
    add("acknowledgement_us", "acknowledged", "series-1");
    add("end_to_end_us", "at the broker", "series-2");
    add("command_us", "commands", "series-3", dashed);
    const isNine = (x) => Number.isInteger(Number(Math.log10(x).toFixed(6)));
    draw("distribution", {
      data: { datasets },
      scales: { x: { type: "logarithmic", min: 1, grid: { display: false },
        ticks: { callback: (x) => (isNine(x) ? percentile(x) : ""), autoSkip: false, maxRotation: 0 } }, y: latencyAxis() },
    }, tooltip(percentile, latency), []);
  };

  const drawAll = () => {
    charts.splice(0).forEach((chart) => chart.destroy());
    Chart.defaults.color = color("faint");
    Chart.defaults.font.family = "system-ui, sans-serif";
    drawRates();
    drawLatencies();
    drawStates();
    drawDistribution();
  };

  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.print = "";
    drawAll();
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.print;
    drawAll();
  });
})();
