import { carryOut } from './carry-out';
import { requestSituations } from './situations/requests';

carryOut('certificates from elsewhere', requestSituations);
