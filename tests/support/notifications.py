# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop that shows notifications, on the bus of a test. Says each call on standard output, one JSON document a line,
and reads lines from standard input: “ID ACTION” presses that button of that notification.
"""
import json
import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
INTERFACE = f'''<node><interface name="{NAME}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>'''


def say(**what):
    print(json.dumps(what), flush=True)


class Desktop:
    def __init__(self):
        self.last = 0
        self.bus = None

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        values = arguments.unpack()
        if method == 'Notify':
            number = values[1] or self.last + 1
            self.last = max(self.last, number)
            say(shown=number, title=values[3], body=values[4], buttons=values[5])
            invocation.return_value(GLib.Variant('(u)', (number,)))
        elif method == 'CloseNotification':
            say(closed=values[0])
            bus.emit_signal(None, PATH, NAME, 'NotificationClosed', GLib.Variant('(uu)', (values[0], 3)))
            invocation.return_value(None)
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))

    def here(self, bus, name):
        self.bus = bus
        node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
        bus.register_object(PATH, node.interfaces[0], self.called, None, None)
        say(ready=True)

    def read(self, channel, condition, loop):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        number, action = line.split(maxsplit=1)
        self.bus.emit_signal(None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (int(number), action.strip())))
        return True


def main():
    desktop = Desktop()
    loop = GLib.MainLoop()
    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, desktop.here, None, None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, desktop.read, loop)
    loop.run()


main()
