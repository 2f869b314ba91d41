import { type LayoutInput, layOut } from './lay-out.js';

self.onmessage = ({ data }: MessageEvent<LayoutInput>) => {
  self.postMessage([...layOut(data)]);
};
