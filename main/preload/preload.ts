import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  BRIDGE_CHANNELS,
  engineStateSchema,
  PORT_MESSAGE,
  type EngineState,
  type QuaysideBridge,
} from '#shared/contract/bridge.ts';

/**
 * The sandboxed half of the bridge. It holds no logic: arguments are parsed by
 * the desktop's side, results come back as they are.
 */
const listeners = new Set<(state: EngineState) => void>();
let last: EngineState = { state: 'starting' };

ipcRenderer.on(BRIDGE_CHANNELS.engineState, (_event, raw: unknown) => {
  const parsed = engineStateSchema.safeParse(raw);
  if (!parsed.success) return;
  last = parsed.data;
  for (const listener of listeners) listener(last);
});

ipcRenderer.on(BRIDGE_CHANNELS.port, (event) => {
  // A port can reach the page only by a window message; the page checks its source and type.
  window.postMessage(
    { type: PORT_MESSAGE },
    window.location.origin === 'null' ? '*' : window.location.origin,
    [...event.ports],
  );
});

const bridge: QuaysideBridge = {
  connect: () => ipcRenderer.invoke(BRIDGE_CHANNELS.connect),
  onEngineState: (listener) => {
    listeners.add(listener);
    listener(last);
    return () => {
      listeners.delete(listener);
    };
  },
  appInfo: () => ipcRenderer.invoke(BRIDGE_CHANNELS.appInfo),
  getSettings: () => ipcRenderer.invoke(BRIDGE_CHANNELS.getSettings),
  setSettings: (patch) => ipcRenderer.invoke(BRIDGE_CHANNELS.setSettings, patch),
  pickFile: (kind) => ipcRenderer.invoke(BRIDGE_CHANNELS.pickFile, { kind }),
  saveFile: (kind, name) => ipcRenderer.invoke(BRIDGE_CHANNELS.saveFile, { kind, name }),
  // Electron before 32 has no webUtils; there the file itself knows its path.
  droppedFile: (file) => (webUtils as typeof webUtils | undefined)?.getPathForFile(file as File) || null,
  output: (kind, document) => ipcRenderer.invoke(BRIDGE_CHANNELS.output, { kind, document }),
  openWorkspace: (choice) => ipcRenderer.invoke(BRIDGE_CHANNELS.openWorkspace, choice),
  restore: (file) => ipcRenderer.invoke(BRIDGE_CHANNELS.restore, { file }),
  openOutside: (target) => ipcRenderer.invoke(BRIDGE_CHANNELS.openOutside, { target }),
};

contextBridge.exposeInMainWorld('quayside', bridge);
