import { describeEngineHost } from './describe-engine-host.ts';
import { startInProcessHost } from './in-process-host.ts';

describeEngineHost({ name: 'in process', start: startInProcessHost });
