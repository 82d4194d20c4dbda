/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-exchange-error.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/**
 * inb_exchange_error_for_step:
 * @step: what took too long, %INB_DEADLINE_WAIT for the whole
 * @host: where to
 *
 * Returns: (transfer full): %INB_ERROR_NETWORK
 */
GError *
inb_exchange_error_for_step (InbDeadlineStep step, const char *host)
{
  switch (step)
    {
    case INB_DEADLINE_CONNECT:
      return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                          _ ("No connection to “%s” came about in time. Check the network and try "
                             "again."),
                          host);
    case INB_DEADLINE_ANSWER:
      return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                          _ ("“%s” took the request and did not answer in time."), host);
    case INB_DEADLINE_REQUEST:
    case INB_DEADLINE_BODY:
      return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                          _ ("The connection to “%s” came to a standstill."), host);
    case INB_DEADLINE_WAIT:
    default:
      return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                          _ ("“%s” was not done in time: the connection is too slow."), host);
    }
}

/**
 * inb_exchange_error_for_address:
 * @address: where a name led
 * @host: the name
 *
 * Returns: (transfer full): %INB_ERROR_NETWORK: a name server may say otherwise tomorrow
 */
GError *
inb_exchange_error_for_address (GInetAddress *address, const char *host)
{
  g_autofree char *text = g_inet_address_to_string (address);

  return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                      /* Translators: a name such as cdn.example, an address such as 192.168.0.1. */
                      _ ("“%s” leads to %s, which is not in the Internet. Nothing was sent there; "
                         "check the network, some ask to sign in first."),
                      host, text);
}

/**
 * inb_exchange_error_explain:
 * @error: of the library
 * @host: where to
 *
 * Returns: (transfer full): %INB_ERROR_NETWORK in words for a person; an error of #InbError as it
 * is
 */
GError *
inb_exchange_error_explain (const GError *error, const char *host)
{
  if (error->domain == INB_ERROR)
    return g_error_copy (error);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                        _ ("“%s” could not be found. Check the network and try again."), host);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                        _ ("No safe connection to “%s”: %s. Nothing was sent. Check the date of "
                           "this computer and whether the network asks to sign in first."),
                        host, error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                        _ ("“%s” takes no connection. Try again later."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK, _ ("The answer of “%s” was cut short."),
                        host);
  return g_error_new (INB_ERROR, INB_ERROR_NETWORK, _ ("The connection to “%s” failed: %s."), host,
                      error->message);
}

/**
 * inb_exchange_error_add_charge:
 * @error: of a request that costs money
 * @sent: whether bytes of it left
 *
 * Adds what that means for the person's money.
 */
void
inb_exchange_error_add_charge (GError *error, gboolean sent)
{
  g_autofree char *words = g_steal_pointer (&error->message);

  error->message =
      g_strconcat (words, " ",
                   sent ? _ ("The order had been sent: it may have been accepted and charged.")
                        : _ ("The order was not sent: nothing is charged."),
                   NULL);
}

/**
 * inb_exchange_error_cancelled:
 *
 * Returns: (transfer full): a person ended it
 */
GError *
inb_exchange_error_cancelled (void)
{
  return g_error_new_literal (INB_ERROR, INB_ERROR_CANCELLED, _ ("Cancelled."));
}
