// Everything that makes the pages quicker. Each line names a small file that stands alone; when
// static files are collected (comptoir.web.bundle) the line is replaced by the file, in a block of
// its own, so that a page makes one request. Files share nothing but events on the document:
// "say" with {text, bad} shows a toast.
import "./toast.js";
import "./toggle.js";
import "./sheet.js";
import "./overtaken.js";
import "./endless.js";
import "./share.js";
import "./menu.js";
import "./photos.js";
import "./tag-place.js";
import "./print.js";
import "./tabs.js";
import "./basket.js";
