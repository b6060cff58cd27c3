import { describe, expect, it } from 'vitest';
import { shopAddress, shopName } from './shop-address.ts';

describe('shop address', () => {
  it('is https unless a scheme is given', () => {
    expect(shopAddress(' shop.example/ ')).toBe('https://shop.example');
    expect(shopAddress('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
  });

  it('gives a name', () => {
    expect(shopName('www.harbour.example/shop')).toBe('harbour.example');
    expect(shopName('')).toBe('');
    expect(shopName('https://')).toBe('');
  });
});
