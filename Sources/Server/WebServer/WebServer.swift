import Calls
import WebPages
