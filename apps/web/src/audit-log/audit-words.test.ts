// Goal: a record of the audit log is readable without knowing the store. Method: records as the server writes them.
import { describe, expect, it } from 'vitest';
import { actionText, changesOf } from './audit-words.js';

describe('a record of the audit log', () => {
  it('lists the changed fields with both values', () => {
    const diff = { deviceProfileId: { from: 'a', to: 'b' }, label: { from: null, to: 'Pump' }, info: { from: {}, to: { x: 1 } } };
    expect(changesOf({ diff })).toEqual({
      changes: [
        { field: 'Device profile id', from: 'a', to: 'b' },
        { field: 'Label', from: '', to: 'Pump' },
        { field: 'Info', from: '{}', to: '{\n  "x": 1\n}' },
      ],
      rest: undefined,
    });
  });

  it('keeps what else was recorded', () => {
    expect(changesOf({ clientAddress: '10.0.0.1' })).toEqual({ changes: [], rest: '{\n  "clientAddress": "10.0.0.1"\n}' });
  });

  it('names actions in words, and new ones as they come', () => {
    expect([actionText('LOGIN'), actionText('NEW_ONE')]).toEqual(['Signed in', 'NEW_ONE']);
  });
});
