import type { Platform } from '#shared/domain/platforms.ts';

/** Platforms with one address for all shops; nobody has to look it up. */
export const FIXED_ADDRESSES: Readonly<Partial<Record<Platform, string>>> = {
  etsy: 'https://api.etsy.com',
};

/** What a person types as a shop's address, completed: https unless they said otherwise. */
export function shopAddress(typed: string): string {
  const text = typed.trim().replace(/([^/:])\/+$/, '$1');
  return /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
}

/** A name for a shop that was not given one: its host without "www." and ending; empty while there is no host. */
export function shopName(typed: string): string {
  if (typed.trim() === '') return '';
  try {
    return new URL(shopAddress(typed)).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}
