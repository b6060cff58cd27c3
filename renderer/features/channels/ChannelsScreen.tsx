import { useNavigation } from '../../lib/navigation.ts';
import { Channels } from './Channels.tsx';
import { panelFrom } from './panel.ts';

/** Opened for one account or one panel by its parameters; a later call with others opens anew. */
export function ChannelsScreen() {
  const params = useNavigation((navigation) => navigation.params);
  return <Channels key={JSON.stringify(params)} first={panelFrom(params)} focus={params['accountId']} />;
}
