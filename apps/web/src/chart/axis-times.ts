const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const second = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Times under an axis, as the person's language writes them: only as exact as the steps between them, the day where it begins. */
export function axisTimes(timesMs: readonly number[], stepMs: number): string[] {
  return timesMs.map((tsMs, index) => {
    if (stepMs >= 86_400_000) return day.format(tsMs);
    const time = (stepMs < 60_000 ? second : minute).format(tsMs);
    const before = timesMs[index - 1];
    const isNewDay = before === undefined || new Date(before).getDate() !== new Date(tsMs).getDate();
    return isNewDay ? `${time}\n${day.format(tsMs)}` : time;
  });
}
