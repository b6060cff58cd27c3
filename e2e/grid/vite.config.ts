import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('../../renderer/grid/harness'),
  base: './',
  plugins: [react()],
  build: {
    outDir: at('../../out/grid-harness'),
    emptyOutDir: true,
    target: 'chrome114',
    chunkSizeWarningLimit: 2_000,
  },
});
