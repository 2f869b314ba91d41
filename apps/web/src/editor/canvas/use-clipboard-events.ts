import { type RefObject, useEffect, useRef } from 'react';
import { useEditorStore } from '../editor-context.js';
import { deleteSelection, pasteText, selectionText } from './canvas-actions.js';

/** Copy, cut and paste through the system clipboard, while the canvas has the focus. */
export function useClipboardEvents(
  frame: RefObject<HTMLElement | null>,
  toCanvas: (point: { x: number; y: number }) => { x: number; y: number },
): void {
  const store = useEditorStore();
  const pointer = useRef<{ x: number; y: number }>(undefined);
  const place = useRef(toCanvas);
  useEffect(() => {
    place.current = toCanvas;
  });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const isOurs = () => document.activeElement === element;
    const follow = (event: PointerEvent) => (pointer.current = { x: event.clientX, y: event.clientY });
    const forget = () => (pointer.current = undefined);
    const onCopy = (event: ClipboardEvent) => {
      const text = isOurs() ? selectionText(store) : undefined;
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') deleteSelection(store);
      else store.getState().announce('Copied');
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs()) return;
      event.preventDefault();
      pasteText(store, event.clipboardData?.getData('text/plain') ?? '', pointer.current && place.current(pointer.current));
    };
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerleave', forget);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerleave', forget);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [frame, store]);
}
