import '@fontsource-variable/inter';
import '@fontsource/jetbrains-mono';
import { createRoot } from 'react-dom/client';
import { BarePage } from './BarePage.tsx';
import { SheetPage } from './SheetPage.tsx';
import { readParameters } from './parameters.ts';

const parameters = readParameters(location.search);
document.documentElement.dataset['mantineColorScheme'] = parameters.theme;
if (parameters.contrast) document.documentElement.dataset['contrast'] = 'high';
document.documentElement.lang = parameters.locale;
const root = document.querySelector('#root');
if (root) {
  // The measurements count from here: scripts are loaded, nothing is drawn.
  performance.mark('render');
  createRoot(root).render(
    parameters.bare ? <BarePage parameters={parameters} /> : <SheetPage parameters={parameters} />,
  );
}
