// What the pages do in the browser. Each module listens on the document, so that pieces which come later work too.
import './composer.js';
import './dialogs.js';
import './live.js';
import './menus.js';
import './reading.js';
import './requests.js';
