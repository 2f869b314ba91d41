// Goal: where the position and the perimeter come from, what texts they may be, and every way they can be wrong, as
// rule-nodes.md §1 says. Method: tables of settings, metadata and bodies.
import type { Metadata } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { message } from '../testing/messages.js';
import { POLYGON_CORNERS_MAX, POLYGONS_CORNERS_MAX } from '../limits.js';
import { distance } from './circle.js';
import { checkPerimeter, isWithinPerimeter } from './perimeter.js';
import { perimeterDefaults, type PerimeterSettings } from './perimeter-fields.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const square = '[[0,0],[0,10],[10,10],[10,0]]';
const fixed = { fetchPerimeterInfoFromMessageMetadata: false } as const;
const berlin = { centerLatitude: 52.52, centerLongitude: 13.405 } as const;

function ask(config: Partial<PerimeterSettings>, data: unknown = { latitude: 5, longitude: 5 }, metadata: Metadata = {}): boolean | string {
  try {
    return isWithinPerimeter(message('T', device, data as null, { metadata }), { ...perimeterDefaults, ...config });
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the position', () => {
  const config = { ...fixed, polygonsDefinition: square, latitudeKeyName: 'lat', longitudeKeyName: 'lon' };
  test.each<[unknown, Metadata, boolean | string, string]>([
    [{ lat: 5, lon: 5 }, {}, true, 'is in the body'],
    [{ lat: '5', lon: ' 5.0e0 ' }, {}, true, 'may be texts that are numbers'],
    [{}, { lat: '5', lon: '5' }, true, 'is in the metadata else'],
    [{ lat: 5, lon: 5 }, { lat: '50', lon: '50' }, true, 'of the body goes before that of the metadata'],
    [{ lat: null, lon: {} }, { lat: '5', lon: '5' }, true, 'of the metadata counts where the body has no single value'],
    [{ lat: 5 }, {}, 'PERIMETER_COORDINATE_MISSING', 'has two parts'],
    [{ lat: 5 }, { lon: '' }, 'PERIMETER_COORDINATE_MISSING', 'is not empty'],
    [{ a: { lat: 5, lon: 5 } }, {}, 'PERIMETER_COORDINATE_MISSING', 'is at the top level'],
    [{ lat: 'north', lon: 5 }, { lat: '5' }, 'PERIMETER_COORDINATE_INVALID', 'is no word'],
    [{ lat: true, lon: 5 }, {}, 'PERIMETER_COORDINATE_INVALID', 'is no boolean'],
    [[{ lat: 5, lon: 5 }], { lat: '5', lon: '5' }, 'PERIMETER_BODY_NOT_OBJECT', 'needs an object'],
    ['text', { lat: '5', lon: '5' }, 'PERIMETER_BODY_NOT_OBJECT', 'needs an object, not a text'],
  ])('%j with metadata %j: %s: it %s', (data, metadata, expected) => expect(ask(config, data, metadata)).toBe(expected));

  test('in text that is not JSON is none', () => {
    const broken = message('T', device, null, { text: '{lat' });
    expect(() => isWithinPerimeter(broken, perimeterDefaults)).toThrow('Incoming Message is not a valid JSON object!');
  });
});

describe('a perimeter in the metadata', () => {
  const circle = { latitude: 5, longitude: 5, radius: 10 };
  test.each<[Partial<PerimeterSettings>, Metadata, boolean | string, string]>([
    [{}, { ss_perimeter: square }, true, 'is a polygon'],
    [{ perimeterKeyName: 'zone' }, { zone: '[[6,6],[9,9]]' }, false, 'stands under the key'],
    [{}, {}, 'PERIMETER_MISSING', 'must be there'],
    [{}, { ss_perimeter: '' }, 'PERIMETER_MISSING', 'must not be empty'],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: JSON.stringify(circle) }, true, 'is a circle in metres'],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: JSON.stringify({ ...circle, latitude: 6, radiusUnit: 'KILOMETER' }) }, false, 'is a circle'],
    [
      { perimeterType: 'CIRCLE' },
      { ss_perimeter: JSON.stringify({ ...circle, latitude: 6, radius: 112, radiusUnit: 'KILOMETER' }) },
      true,
      'has a unit',
    ],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: JSON.stringify({ ...circle, radius: '10' }) }, true, 'may have numbers as texts'],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: square }, 'PERIMETER_CIRCLE_INVALID', 'of the other form is none'],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: 'round' }, 'PERIMETER_CIRCLE_INVALID', 'is JSON'],
    [{ perimeterType: 'CIRCLE' }, { ss_perimeter: JSON.stringify({ ...circle, latitude: 91 }) }, 'PERIMETER_CIRCLE_INVALID', 'lies on the earth'],
    [
      { perimeterType: 'CIRCLE' },
      { ss_perimeter: JSON.stringify({ ...circle, radiusUnit: 'YARD' }) },
      'PERIMETER_CIRCLE_INVALID',
      'has a known unit',
    ],
    [{ perimeterKeyName: '' }, { perimeter: square }, true, 'of an old chain is a polygon'],
    [
      { perimeterKeyName: null },
      { centerLatitude: '5', centerLongitude: '5', range: '1', rangeUnit: 'METER' },
      true,
      'of an old chain is a circle, whatever the type says',
    ],
    [{ perimeterKeyName: null }, { centerLatitude: '5', centerLongitude: '5', range: '1' }, 'PERIMETER_CIRCLE_INVALID', 'of an old chain has a unit'],
    [{ perimeterKeyName: '' }, { ss_perimeter: square }, 'PERIMETER_MISSING', 'of an old chain has its own keys'],
  ])('%j, metadata %j: %s: it %s', (config, metadata, expected) => expect(ask(config, undefined, metadata)).toBe(expected));
});

describe('a polygon', () => {
  test.each<[string, boolean | string, string]>([
    [square, true, 'is closed by itself'],
    ['[[0,0],[0,10],[10,10],[10,0],[0,0]]', true, 'may be closed'],
    ['[[10,0],[0,10]]', true, 'of two points is a rectangle'],
    ['[["0","0"],["10","10"]]', true, 'may be of texts'],
    ['[[0,0,7],[10,10,7]]', true, 'may have heights, which nobody reads'],
    ['[[[0,0],[10,10]],[[4,4],[6,6]]]', false, 'may have a hole'],
    ['[[[0,0],[1,1]],[[[[4,4],[6,6]]]]]', true, 'may be anywhere in the lists'],
    [`${'['.repeat(5_000)}[0,0],[10,10]${']'.repeat(5_000)}`, true, 'however deep'],
    ['[]', false, 'that is empty holds nothing'],
    ['[[]]', false, 'that is empty in a list neither'],
    ['[[0,0]]', 'PERIMETER_POLYGON_INVALID', 'has more than one point'],
    ['[[0,"a"],[1,1]]', 'PERIMETER_POLYGON_INVALID', 'has numbers'],
    ['[[0],[1]]', 'PERIMETER_POLYGON_INVALID', 'has pairs'],
    ['[[0,0],1]', 'PERIMETER_POLYGON_INVALID', 'has lists'],
    ['{"a":1}', 'PERIMETER_POLYGON_INVALID', 'is a list'],
    ['null', 'PERIMETER_POLYGON_INVALID', 'is not nothing'],
    ['[[0,0],', 'PERIMETER_POLYGON_INVALID', 'is JSON'],
  ])('%.40s: %s: it %s', (polygonsDefinition, expected) => expect(ask({ ...fixed, polygonsDefinition })).toBe(expected));

  test('has a bounded number of corners, fewer together with others', () => {
    const many = (corners: number): string => JSON.stringify(Array.from({ length: corners }, (_, n) => [20 + n, 20]));
    const one = (corners: number) => ask({ ...fixed, polygonsDefinition: many(corners) });
    const two = (corners: number) => ask({ ...fixed, polygonsDefinition: `[[[0,0],[10,10]],${many(corners - 2)}]` });
    expect([one(POLYGON_CORNERS_MAX), one(POLYGON_CORNERS_MAX + 1)]).toEqual([false, 'PERIMETER_TOO_LARGE']);
    expect([two(POLYGONS_CORNERS_MAX), two(POLYGONS_CORNERS_MAX + 1)]).toEqual([true, 'PERIMETER_TOO_LARGE']);
  });
});

describe('a circle', () => {
  test.each([
    ['METER', 504_415.1],
    ['KILOMETER', 504.4151],
    ['FOOT', 1_654_905.2],
    ['MILE', 313.4284],
    ['NAUTICAL_MILE', 272.3625],
  ] as const)('is measured in %s: Berlin is %d from Munich', (unit, expected) => {
    const between = distance({ latitude: 52.52, longitude: 13.405 }, { latitude: 48.137, longitude: 11.575 }, unit);
    expect(Math.abs(between / expected - 1)).toBeLessThan(1e-3);
  });

  test('goes on beyond 180 degrees', () => {
    const config = { ...fixed, perimeterType: 'CIRCLE', centerLatitude: 0, centerLongitude: 179.999, range: 300, rangeUnit: 'METER' } as const;
    expect(ask(config, { latitude: 0, longitude: -179.999 })).toBe(true);
    expect(ask({ ...config, range: 200 }, { latitude: 0, longitude: -179.999 })).toBe(false);
  });

  test('does not hold its border: a radius of nothing holds not even the centre', () => {
    const config = { ...fixed, ...berlin, perimeterType: 'CIRCLE', rangeUnit: 'METER' } as const;
    const centre = { latitude: 52.52, longitude: 13.405 };
    expect([ask({ ...config, range: 0 }, centre), ask({ ...config, range: 0.001 }, centre)]).toEqual([false, true]);
  });

  test('wants a position on the earth', () => {
    const config = { ...fixed, ...berlin, perimeterType: 'CIRCLE', range: 1, rangeUnit: 'METER' } as const;
    expect(ask(config, { latitude: 95, longitude: 0 })).toBe('PERIMETER_COORDINATE_INVALID');
  });
});

test.each<[Partial<PerimeterSettings>, string | undefined]>([
  [{}, undefined],
  [fixed, 'PERIMETER_MISSING'],
  [{ ...fixed, polygonsDefinition: '[1]' }, 'PERIMETER_POLYGON_INVALID'],
  [{ ...fixed, polygonsDefinition: square }, undefined],
  [{ ...fixed, ...berlin, perimeterType: 'CIRCLE', range: 1 }, 'PERIMETER_CIRCLE_INVALID'],
  [{ ...fixed, ...berlin, perimeterType: 'CIRCLE', range: 1, rangeUnit: 'MILE' }, undefined],
])('the settings %j are checked before any message: %s', (config, code) => {
  const check = (): void => checkPerimeter({ ...perimeterDefaults, ...config });
  if (code === undefined) check();
  else expect(check).toThrow(expect.objectContaining({ code }));
});
