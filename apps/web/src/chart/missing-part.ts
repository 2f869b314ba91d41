import type uPlot from 'uplot';

const HATCH_PX = 9;
const WORDS_WIDTH_PX = 130;

interface Look {
  readonly line: string;
  readonly words: string;
  readonly font: string;
}

/** Hatches the part of a chart that says nothing, as its readings are not loaded. */
export function drawMissing(plot: uPlot, beforeMs: number | undefined, { line, words, font }: Look): void {
  if (beforeMs === undefined) return;
  const { ctx, bbox } = plot;
  const scale = globalThis.devicePixelRatio;
  const width = Math.min(bbox.width, plot.valToPos(beforeMs, 'x', true) - bbox.left);
  if (!(width > 0)) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (let x = -bbox.height; x < width; x += HATCH_PX * scale) {
    ctx.moveTo(bbox.left + x, bbox.top + bbox.height);
    ctx.lineTo(bbox.left + x + bbox.height, bbox.top);
  }
  ctx.strokeStyle = line;
  ctx.lineWidth = scale;
  ctx.stroke();
  if (width > WORDS_WIDTH_PX * scale) {
    ctx.font = font;
    ctx.fillStyle = words;
    ctx.textAlign = 'center';
    ctx.fillText('Not loaded', bbox.left + width / 2, bbox.top + bbox.height / 2);
  }
  ctx.restore();
}
