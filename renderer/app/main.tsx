import '@fontsource-variable/inter';
import '@fontsource/jetbrains-mono';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { bridge } from '../lib/bridge.ts';
import { EngineClient } from '../lib/engine-client.ts';
import { startConnection } from './connection.ts';
import { restoreScreen } from './last-screen.ts';
import { Root } from './Root.tsx';

const client = new EngineClient();
startConnection(client);

const [settings, info] = await Promise.all([bridge().getSettings(), bridge().appInfo()]);
restoreScreen(settings);
const place = document.querySelector('#root');
if (place) createRoot(place).render(<Root client={client} settings={settings} info={info} />);
