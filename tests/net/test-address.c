/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-address.h"

#include "core/inb-error.h"

static void
test_address_table_of_public_and_special (void)
{
  static const struct
  {
    const char *address;
    gboolean public;
  } cases[] = {
    { "8.8.8.8", TRUE },
    { "1.1.1.1", TRUE },
    { "9.255.255.255", TRUE },
    { "11.0.0.0", TRUE },
    { "100.63.255.255", TRUE },
    { "100.128.0.0", TRUE },
    { "172.15.255.255", TRUE },
    { "172.32.0.0", TRUE },
    { "192.0.1.0", TRUE },
    { "192.167.255.255", TRUE },
    { "192.169.0.0", TRUE },
    { "198.17.255.255", TRUE },
    { "198.20.0.0", TRUE },
    { "223.255.255.255", TRUE },
    { "0.0.0.0", FALSE },
    { "0.255.255.255", FALSE },
    { "10.0.0.1", FALSE },
    { "10.255.255.255", FALSE },
    { "100.64.0.1", FALSE },
    { "100.127.255.255", FALSE },
    { "127.0.0.1", FALSE },
    { "127.255.255.254", FALSE },
    { "169.254.169.254", FALSE },
    { "172.16.0.1", FALSE },
    { "172.31.255.255", FALSE },
    { "192.0.0.8", FALSE },
    { "192.0.2.1", FALSE },
    { "192.88.99.1", FALSE },
    { "192.168.0.1", FALSE },
    { "198.18.0.1", FALSE },
    { "198.19.255.255", FALSE },
    { "198.51.100.7", FALSE },
    { "203.0.113.7", FALSE },
    { "224.0.0.1", FALSE },
    { "239.255.255.250", FALSE },
    { "240.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "2606:4700::1111", TRUE },
    { "2a00:1450:4001::1", TRUE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::8.8.8.8", FALSE },
    { "fc00::1", FALSE },
    { "fdff::1", FALSE },
    { "fe80::1", FALSE },
    { "febf::1", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
    { "100::1", FALSE },
    { "2001:db8::1", FALSE },
    { "2001::1", FALSE },
    { "2001:10::1", FALSE },
    { "3fff::1", FALSE },
    { "5f00::1", FALSE },
    { "64:ff9b:1::1", FALSE },
    { "::ffff:8.8.8.8", TRUE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:10.1.2.3", FALSE },
    { "64:ff9b::8.8.8.8", TRUE },
    { "64:ff9b::192.168.0.1", FALSE },
    { "2002:808:808::1", TRUE },
    { "2002:7f00:1::1", FALSE },
    { "2002:c0a8:1::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_nonnull (address);
      g_assert_true (inb_address_is_public (address) == cases[i].public);
    }
}

static void
test_address_good_urls_pass (void)
{
  static const char *const cases[] = {
    "https://cdn.example.com/a.mp4",
    "HTTPS://CDN.example.com/a.mp4?X-Amz-Signature=ab%2Fcd&x={y}|z",
    "https://cdn.example.com:443/a.mp4",
    "https://cdn.example.com",
    "https://cdn.example.com?x=1",
    "https://a_b.example.com/x",
    "https://xn--bcher-kva.example/x",
    "https://8.8.8.8/x",
    "https://[2606:4700::1111]/x",
    "https://123.example.com/@me:x",
    "https://cdn.example.com/a.mp4#t=0.1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i]);
      inb_address_check_url (cases[i], NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_address_bad_urls_are_refused (void)
{
  static const char *const cases[] = {
    "",
    "cdn.example.com/a.mp4",
    "//cdn.example.com/a.mp4",
    "/etc/passwd",
    "http://cdn.example.com/a.mp4",
    "ftp://cdn.example.com/a.mp4",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "data:video/mp4;base64,AAAA",
    "javascript:alert(1)",
    "resource:///io/x",
    "gopher://cdn.example.com/",
    "smb://server/share",
    "\\\\server\\share",
    "https:cdn.example.com",
    "https:/cdn.example.com",
    "https:///a.mp4",
    "https://",
    "https:// cdn.example.com/",
    " https://cdn.example.com/",
    "https://cdn.example.com/a b",
    "https://cdn.example.com/a\nb",
    "https://cdn.example.com/a\r\nHost: x",
    "https://cdn.example.com\\@evil.example/",
    "https://user@cdn.example.com/",
    "https://user:secret@cdn.example.com/",
    "https://cdn.example.com@127.0.0.1/",
    "https://cdn.example.com%40127.0.0.1/",
    "https://cdn.example.com#@evil.example/",
    "https://%6c%6f%63alhost/",
    "https://cdn.example.com:80/",
    "https://cdn.example.com:8443/",
    "https://cdn.example.com:0443/",
    "https://cdn.example.com:65536/",
    "https://cdn.example.com:x/",
    "https://cdn.example.com:/",
    "https://cdn.example.com./",
    "https://.example.com/",
    "https://cdn..example.com/",
    "https://-cdn.example.com/",
    ("https://b\xc3\xbc"
     "cher.example/"),
    "https://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.1/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://a.localhost/",
    "https://intranet/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://0177.0.0.1/",
    "https://0177.1/",
    "https://017700000001/",
    "https://127.0.0.1.:443/",
    "https://1.2.3.4.5/",
    "https://256.1.1.1/",
    "https://010.8.8.8/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.168.1.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:c0a8:101]/",
    "https://[fd00::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[::1/",
    "https://::1/",
    "https://[127.0.0.1]/",
    "https://[2606:4700::1111]x/",
  };
  g_autofree char *filler = g_strnfill (8192, 'a');
  g_autofree char *longest = g_strconcat ("https://cdn.example.com/", filler, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      const char *url = i < G_N_ELEMENTS (cases) ? cases[i] : longest;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i); /* not all of them are UTF-8 */
      g_assert_false (inb_address_check_url (url, NULL, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      /* the same with a home that is elsewhere */
      g_assert_false (inb_address_check_url (url, "http://127.0.0.1:9", NULL));
    }
}

static void
test_address_home_may_be_this_computer (void)
{
  static const struct
  {
    const char *url;
    const char *home;
    gboolean good;
  } cases[] = {
    { "http://127.0.0.1:8080/x", "http://127.0.0.1:8080", TRUE },
    { "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/base/", TRUE },
    { "http://localhost:8080/x", "http://LOCALHOST:8080", TRUE },
    { "http://[::1]:8080/x", "http://[::1]:8080", TRUE },
    { "http://127.0.0.1/x", "http://127.0.0.1:80", TRUE },
    { "https://localhost:8443/x", "https://localhost:8443", TRUE },
    { "https://proxy.example.com:8443/x", "https://proxy.example.com:8443", TRUE },
    { "http://127.0.0.1:8081/x", "http://127.0.0.1:8080", FALSE },
    { "http://127.0.0.2:8080/x", "http://127.0.0.1:8080", FALSE },
    { "http://localhost:8080/x", "http://127.0.0.1:8080", FALSE },
    { "https://127.0.0.1:8080/x", "http://127.0.0.1:8080", FALSE },
    { "http://proxy.example.com/x", "http://proxy.example.com", FALSE },
    { "http://192.168.1.5/x", "http://192.168.1.5", FALSE },
    { "https://192.168.1.5/x", "https://192.168.1.5", FALSE },
    { "https://proxy.example.com:8444/x", "https://proxy.example.com:8443", FALSE },
    { "http://user@127.0.0.1:8080/x", "http://127.0.0.1:8080", FALSE },
    { "http://127.0.0.1:8080.evil.example/x", "http://127.0.0.1:8080", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s at %s", cases[i].url, cases[i].home);
      g_assert_true (inb_address_check_url (cases[i].url, cases[i].home, NULL) == cases[i].good);
    }
  g_assert_false (inb_address_is_at ("https://a.example/", NULL));
  g_assert_true (inb_address_is_at ("https://a.example:443/x", "https://A.example"));
}

static void
test_address_host_stands_for_what_is_under_it (void)
{
  static const char *const hosts[] = { "example.com", "cdn.example.net", NULL };
  static const char *const empty[] = { "", NULL };

  g_assert_true (inb_address_has_host ("https://example.com/x", hosts));
  g_assert_true (inb_address_has_host ("https://a.b.EXAMPLE.com/x", hosts));
  g_assert_true (inb_address_has_host ("https://cdn.example.net:443/x", hosts));
  g_assert_false (inb_address_has_host ("https://example.net/x", hosts));
  g_assert_false (inb_address_has_host ("https://notexample.com/x", hosts));
  g_assert_false (inb_address_has_host ("https://example.com.evil.example/x", hosts));
  g_assert_false (inb_address_has_host ("https://example.com@evil.example/x", hosts));
  g_assert_false (inb_address_has_host ("https://evil.example/example.com", hosts));
  g_assert_false (inb_address_has_host ("https://example.com/x", NULL));
  g_assert_false (inb_address_has_host ("https://example.com/x", empty));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/table-of-public-and-special",
                   test_address_table_of_public_and_special);
  g_test_add_func ("/address/good-urls-pass", test_address_good_urls_pass);
  g_test_add_func ("/address/bad-urls-are-refused", test_address_bad_urls_are_refused);
  g_test_add_func ("/address/home-may-be-this-computer", test_address_home_may_be_this_computer);
  g_test_add_func ("/address/host-stands-for-what-is-under-it",
                   test_address_host_stands_for_what_is_under_it);
  return g_test_run ();
}
