import { carryOut } from './carry-out';
import { fileSituations } from './situations/files';

carryOut('files', fileSituations);
