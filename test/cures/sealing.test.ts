import { carryOut } from './carry-out';
import { sealingSituations } from './situations/sealing';

carryOut('who can open keys', sealingSituations);
