import { useEffect, useRef, useSyncExternalStore } from 'react';
import { client } from '../api/client.js';
import type { LiveFrame } from './frames.js';
import { type LiveCommand, LiveConnection, type LiveState, type Socket } from './live-connection.js';

const connection = new LiveConnection({
  open: () => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/ws`) as unknown as Socket,
  token: () => client.accessToken(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
});
window.addEventListener('online', () => connection.retryNow());

/** Whether live values are arriving; for the badge that says so. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => connection.onState(listener),
    () => connection.state,
  );
}

/** Calls `onFrame` with each frame of a subscription that lasts as long as the component and the command's fields. */
export function useLiveFrames(command: LiveCommand, onFrame: (frame: LiveFrame) => void): void {
  const latest = useRef(onFrame);
  useEffect(() => {
    latest.current = onFrame;
  });
  const text = JSON.stringify(command);
  useEffect(() => connection.subscribe(JSON.parse(text) as LiveCommand, (frame) => latest.current(frame)), [text]);
}
