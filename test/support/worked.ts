/** Milliseconds that this process has worked so far. Unlike a clock it goes no faster where the machine is busy. */
export function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
