import { onSynapse } from '../synapse/on-synapse.ts';
import { matrixPlatform } from './matrix.ts';
import { conformance } from './run.ts';

onSynapse('the conformance suite on Matrix', (synapse) => conformance(matrixPlatform(synapse)));
