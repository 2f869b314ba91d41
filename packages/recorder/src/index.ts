export type { RecorderDeps } from './message-recorder.js';
export { messageRecorder, SamplingRecorder } from './message-recorder.js';
