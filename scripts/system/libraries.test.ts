import { expect, it } from 'vitest';
import { availablePackages, choosePackages, missingLibraries, packageChoices } from './libraries.mjs';

const LDD = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibffmpeg.so => /opt/electron/./libffmpeg.so (0x00007f)
\tlibgtk-3.so.0 => not found
\tlibnss3.so => not found
\tlibnssutil3.so => not found
\tlibasound.so.2 => not found
\tlibgtk-3.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
`;

it('reads what the loader misses', () => {
  expect(missingLibraries(LDD)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so', 'libasound.so.2']);
  expect(missingLibraries('\tnot a dynamic executable\n')).toEqual([]);
});

it('chooses one package of each kind by what the release offers', () => {
  const choices = packageChoices(missingLibraries(LDD));
  expect(choosePackages(choices, new Set(['libgtk-3-0', 'libnss3', 'libasound2']))).toEqual([
    'libgtk-3-0',
    'libnss3',
    'libasound2',
  ]);
  const ubuntu = new Set(['libgtk-3-0t64', 'libgtk-3-0', 'libnss3', 'libasound2t64', 'libasound2']);
  expect(choosePackages(choices, ubuntu)).toEqual(['libgtk-3-0t64', 'libnss3', 'libasound2t64']);
});

it('names the old package when the lists say nothing, for apt to answer', () => {
  expect(choosePackages([['libgtk-3-0t64', 'libgtk-3-0']], new Set())).toEqual(['libgtk-3-0']);
});

it('reads install candidates', () => {
  const policy = `libgtk-3-0t64:
  Installed: (none)
  Candidate: (none)
  Version table:
libgtk-3-0:
  Installed: (none)
  Candidate: 3.24.38-2
  Version table:
     3.24.38-2 500
`;
  expect([...availablePackages(policy)]).toEqual(['libgtk-3-0']);
});
