import { describe, expect, it } from 'vitest';
import { planImages, sameImages, type EtsyImage } from './images.ts';

const now: readonly EtsyImage[] = ['1', '2', '3'].map((id) => ({ id, src: `https://i/${id}.jpg`, alt: '' }));
const value = (...images: { id?: string; src?: string; alt?: string }[]): string =>
  JSON.stringify(
    images.map(({ id, src, alt = '' }) => ({
      src: src ?? `https://i/${id}.jpg`,
      alt,
      ...(id ? { externalId: id } : {}),
    })),
  );

describe('the pictures of a listing', () => {
  it('are sorted, described and taken away by what differs alone', () => {
    expect(planImages(value({ id: '1' }, { id: '2' }, { id: '3' }), now)).toEqual({ ids: null, texts: [] });
    expect(planImages(value({ id: '3', alt: 'Blue' }, { id: '1' }), now)).toEqual({
      ids: ['3', '1'],
      texts: [{ id: '3', rank: 1, alt: 'Blue' }],
    });
    expect(planImages(value({ src: 'https://i/2.jpg' }, { id: '1' }, { id: '3' }), now)).toEqual({
      ids: ['2', '1', '3'],
      texts: [],
    });
  });

  it('that Etsy does not take are refused with the reason', () => {
    const refused = (wanted: string): string => {
      try {
        planImages(wanted, now);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(refused('[]')).toContain('no listing without a picture');
    expect(refused(value({ src: 'https://elsewhere/new.jpg' }))).toContain('uploaded in Shop Manager');
    expect(refused(value({ id: '1' }, { id: '1' }))).toContain('only once');
    expect(refused(value({ id: '1', alt: 'a'.repeat(501) }))).toContain('500 characters');
    expect(refused(value({ id: '1', alt: 'a'.repeat(500) }))).toBe('');
  });

  it('are the same whatever address Etsy shows them at', () => {
    const read = value({ id: '1', src: 'https://j/1.jpg' }, { id: '2' });
    expect(sameImages(value({ id: '1' }, { id: '2' }), read)).toBe(true);
    expect(sameImages(value({ id: '2' }, { id: '1' }), read)).toBe(false);
    expect(sameImages(value({ id: '1', alt: 'Blue' }, { id: '2' }), read)).toBe(false);
  });
});
