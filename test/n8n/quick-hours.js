// Preloaded into a test server: what is measured as an hour of running takes it a third of a second. The
// time of day stays as it is.
const measured = performance.now.bind(performance);
performance.now = () => measured() * 10_000;
