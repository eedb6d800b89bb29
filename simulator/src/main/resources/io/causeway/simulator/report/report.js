"use strict";
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  const samples = report.samples;
  const charts = [];
  const number = new Intl.NumberFormat("en");
  const dashed = { borderDash: [5, 3] };

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  const clock = (seconds) => {
    const two = (count) => String(count).padStart(2, "0");
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60);
    const tail = ":" + two(whole % 60);
    return minutes < 60 ? minutes + tail : Math.floor(minutes / 60) + ":" + two(minutes % 60) + tail;
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
    const last = samples[samples.length - 1].elapsed_s;
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
    const stepSize = steps.find((step) => last / step <= 8) ?? Math.ceil(last / 8);
    const ticks = { stepSize, callback: clock, maxRotation: 0 };
    return { type: "linear", min: 0, max: last, grid: { display: false }, ticks };
  };

  const countAxis = (more) => ({
    beginAtZero: true,
    grid: { color: color("line") },
    ticks: { callback: (value) => number.format(value) },
    ...more,
  });

  /** With a line at each power of ten, and at twice and five times of them where there is room. */
  const latencyAxis = () => ({
    type: "logarithmic",
    grid: { color: color("line") },
    afterBuildTicks(axis) {
      const factors = axis.max / axis.min > 1e3 ? [1] : [1, 2, 5];
      const factor = (value) => Number((value / 10 ** Math.floor(Math.log10(value))).toFixed(6));
      axis.ticks = axis.ticks.filter(({ value }) => factors.includes(factor(value)));
    },
    ticks: { autoSkip: false, callback: (value) => latency(value) },
  });

  const tooltip = (title, unit) => ({
    title: (items) => (items.length === 0 ? "" : title(items[0].parsed.x)),
    label: (item) => " " + item.dataset.label + ": " + unit(item.parsed.y),
  });

  const line = (label, series, points, more) => ({
    label,
    data: points,
    borderColor: color(series),
    backgroundColor: color(series),
    borderWidth: 1.6,
    pointRadius: points.length === 1 ? 3 : 0,
    ...more,
  });

  /** Draws a chart, or hides its figure if there is nothing to see. */
  const draw = (id, datasets, { plugins = [], legend = { boxWidth: 18, boxHeight: 2 }, callbacks, scales }) => {
    const canvas = document.getElementById(id);
    canvas.closest("figure").hidden = datasets.length === 0;
    if (datasets.length === 0) return;
    charts.push(new Chart(canvas, {
      type: "line",
      data: { datasets },
      plugins,
      options: {
        animation: false,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        interaction: { mode: "index", intersect: false },
        layout: { padding: { top: 14 } },
        plugins: { legend: { position: "bottom", labels: legend }, tooltip: { callbacks } },
        scales,
      },
    }));
  };

  /** @param value of a sample that covers so many seconds; null leaves a gap */
  const overTime = (value) => samples.map((sample, index) => ({
    x: sample.elapsed_s,
    y: value(sample, sample.elapsed_s - (index === 0 ? 0 : samples[index - 1].elapsed_s)),
  }));

  const drawRates = () => {
    const perSecond = (key) => overTime((sample, seconds) => (seconds > 0 ? sample[key] / seconds : null));
    const datasets = [
      ["sent", "sent", "series-5", dashed],
      ["acknowledged", "acknowledged", "series-1"],
      ["arrived", "at the broker", "series-2"],
      ["commands", "commands sent", "series-4", dashed],
      ["received", "commands received", "series-3"],
    ]
      .filter(([key]) => samples.some((sample) => sample[key] > 0))
      .map(([key, label, series, more]) => line(label, series, perSecond(key), more));
    draw("rates", datasets, {
      plugins: [phases],
      callbacks: tooltip(clock, (value) => number.format(Math.round(value * 10) / 10) + "/s"),
      scales: { x: timeAxis(), y: countAxis() },
    });
  };

  const drawLatencies = () => {
    const datasets = [];
    const add = (key, name, series) => {
      if (!samples.some((sample) => sample[key].count > 0)) return;
      const percentile = (which) => overTime((sample) => sample[key][which] || null);
      datasets.push(line(name + " p50", series, percentile("p50")));
      datasets.push(line(name + " p99", series, percentile("p99"), dashed));
    };
    add("acknowledgement_us", "acknowledged", "series-1");
    add("end_to_end_us", "at the broker", "series-2");
    draw("latencies", datasets, {
      plugins: [phases],
      callbacks: tooltip(clock, latency),
      scales: { x: timeAxis(), y: latencyAxis() },
    });
  };

  const drawStates = () => {
    const datasets = ["active", "asleep", "awake", "beacon", "connecting", "disconnected", "dark", "off"]
      .filter((state) => samples.some((sample) => sample.states[state] > 0))
      .map((state, index) => line(state, state, overTime((sample) => sample.states[state] ?? 0), {
        fill: index === 0 ? "origin" : "-1",
        borderWidth: 0,
      }));
    draw("states", datasets, {
      plugins: [phases],
      legend: { boxWidth: 12, boxHeight: 12 },
      callbacks: tooltip(clock, (value) => number.format(value)),
      scales: { x: timeAxis(), y: countAxis({ stacked: true, max: report.scenario.sensors }) },
    });
  };

  /** As HdrHistogram draws it: each further nine of the percentile takes the same width. */
  const drawDistribution = () => {
    const position = (percentile) => 1 / (1 - percentile / 100);
    const percentile = (x) => Number((100 * (1 - 1 / x)).toPrecision(7)) + " %";
    const isPowerOfTen = (x) => Number.isInteger(Number(Math.log10(x).toFixed(6)));
    const datasets = [];
    const add = (key, label, series, more) => {
      const points = report.latencies[key].distribution
        .filter((step) => step.percentile < 100 && step.us > 0)
        .map((step) => ({ x: position(step.percentile), y: step.us }));
      if (points.length > 0) datasets.push(line(label, series, points, more));
    };
    add("acknowledgement_us", "acknowledged", "series-1");
    add("end_to_end_us", "at the broker", "series-2");
    add("command_us", "commands", "series-3", dashed);
    const ticks = { autoSkip: false, maxRotation: 0, callback: (x) => (isPowerOfTen(x) ? percentile(x) : "") };
    draw("distribution", datasets, {
      callbacks: tooltip(percentile, latency),
      scales: { x: { type: "logarithmic", min: 1, grid: { display: false }, ticks }, y: latencyAxis() },
    });
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

  if (samples.length === 0) return;
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
