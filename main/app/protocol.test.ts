import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {}, app: {}, session: {} }));
const { CONTENT_SECURITY_POLICY, fileFor } = await import('./protocol.ts');

describe('app:// addresses', () => {
  it('stay inside the renderer folder', () => {
    expect(fileFor('/r', 'app://quayside/')).toBe('/r/index.html');
    expect(fileFor('/r', 'app://quayside/assets/a.js')).toBe('/r/assets/a.js');
    expect(fileFor('/r', 'app://quayside/%2e%2e/%2e%2e/etc/passwd')).not.toBe('/etc/passwd');
    expect(fileFor('/r', 'app://quayside/..%2f..%2fetc%2fpasswd')).toBeNull();
    expect(fileFor('/r', 'app://quayside/a%00.js')).toBeNull();
    expect(fileFor('/r', 'app://quayside/..%5c..%5cwindows')).toBeNull();
    expect(fileFor('/r', 'app://quayside/%zz')).toBeNull();
  });

  it('come with a policy that lets nothing out', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/script-src[^;]*unsafe/);
  });
});
