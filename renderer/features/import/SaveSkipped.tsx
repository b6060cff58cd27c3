import { Button } from '@mantine/core';
import { useEngineCommand } from '../../lib/engine.tsx';
import { bridge } from '../../lib/bridge.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { fileName, type ImportRequest } from './import-flow.ts';
import { toParams } from './use-import.ts';

/** Saves the rows that are left out with their reasons, to be put right and imported alone. */
export function SaveSkipped({
  request,
  planId,
}: {
  readonly request: ImportRequest;
  readonly planId: string;
}) {
  const t = useText();
  const save = useEngineCommand('import.saveSkipped');
  const run = async (): Promise<void> => {
    try {
      const name = fileName(request.file).replace(/\.[^.]*$/, '');
      const to = await bridge().saveFile('csv', `${name}-${t('import.skipped.suffix')}.csv`);
      if (to === null) return;
      const { rows, file } = await save.mutateAsync({ ...toParams(request), planId, to });
      notifyDone(t('import.skipped.saved', { rows, file: fileName(file) }));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Button variant="default" loading={save.isPending} onClick={() => void run()}>
      {t('import.skipped.save')}
    </Button>
  );
}
