/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "raw-server.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inb-test-wait.h"

#define DRIP_MS 5

typedef struct
{
  RawEnd end;
  gboolean early; /* as soon as the head of the request is there */
  GBytes *bytes;
  gint64 first; /* of the pattern that follows */
  gint64 end_at;
} Answer;

struct _RawServer
{
  int listener;
  guint port;
  int last_port; /* of the connection that ends the server */
  char *home;
  gboolean forgetful;
  gboolean proxy;
  GTlsCertificate *certificate;
  GThread *accepter;
  GPtrArray *threads;

  GMutex lock;
  GQueue answers;
  GPtrArray *requests;
  guint n_connections;
  guint n_open;
  gsize n_bytes;
};

typedef struct
{
  RawServer *server;
  int fd;
  GIOStream *stream; /* plain or TLS */
  GString *buffer;
} Connection;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->bytes);
  g_free (answer);
}

/* FALSE when the client is gone. */
static gboolean
receive (Connection *self)
{
  char piece[65536];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream), piece, sizeof piece,
                                  NULL, NULL);

  if (n <= 0)
    return FALSE;
  g_mutex_lock (&self->server->lock);
  self->server->n_bytes += (gsize) n;
  g_mutex_unlock (&self->server->lock);
  g_string_append_len (self->buffer, piece, n);
  return TRUE;
}

static gboolean
transmit (Connection *self, const char *bytes, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes, length,
                                    NULL, NULL, NULL);
}

static gsize
get_content_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *header = strstr (lower, "\r\ncontent-length:");

  return header != NULL ? g_ascii_strtoull (header + 17, NULL, 10) : 0;
}

/* The rest of a request of @length bytes. */
static gboolean
receive_body (Connection *self, gsize length)
{
  gsize n_forgotten = 0;

  while (self->buffer->len + n_forgotten < length)
    {
      gsize before = self->buffer->len;

      if (!receive (self))
        return FALSE;
      if (!self->server->forgetful)
        continue;
      n_forgotten += self->buffer->len - before;
      g_string_truncate (self->buffer, before);
    }
  return TRUE;
}

/* The next answer once there is a request for it; NULL when the client is gone or none is left. */
static Answer *
take_request (Connection *self)
{
  const char *end;
  gsize length;
  Answer *answer;

  while ((end = strstr (self->buffer->str, "\r\n\r\n")) == NULL)
    if (!receive (self))
      return NULL;
  g_mutex_lock (&self->server->lock);
  answer = g_queue_pop_head (&self->server->answers);
  g_mutex_unlock (&self->server->lock);
  length = (gsize) (end + 4 - self->buffer->str);
  if (answer == NULL || !answer->early)
    {
      length += get_content_length (self->buffer->str);
      if (!receive_body (self, length))
        g_clear_pointer (&answer, answer_free);
      length = MIN (length, self->buffer->len);
    }
  g_mutex_lock (&self->server->lock);
  g_ptr_array_add (self->server->requests, g_strndup (self->buffer->str, length));
  g_mutex_unlock (&self->server->lock);
  g_string_erase (self->buffer, 0, (gssize) length);
  return answer;
}

static void
drip (Connection *self)
{
  struct pollfd wait = { .fd = self->fd, .events = POLLRDHUP };

  while (poll (&wait, 1, DRIP_MS) == 0)
    if (!transmit (self, "x", 1))
      return;
}

static void
repeat (Connection *self, GBytes *bytes)
{
  gsize length, last;
  const char *data = g_bytes_get_data (bytes, &length);

  last = MIN (length, 65536);
  while (transmit (self, data + length - last, last))
    ;
}

static void
wait_deaf (Connection *self)
{
  struct pollfd wait = { .fd = self->fd, .events = POLLRDHUP };

  /* what the client closes is told behind the bytes nobody reads, so until the server stops */
  while (poll (&wait, 1, DRIP_MS) == 0 && g_atomic_int_get (&self->server->last_port) == 0)
    ;
}

/* Not a power of two long, so that a piece in the wrong place is seen. */
#define PATTERN 65521

char
raw_server_byte (gint64 i)
{
  return (char) (i % PATTERN * 7 + i % PATTERN / 251 + i / PATTERN);
}

static gboolean
transmit_pattern (Connection *self, gint64 at, gint64 end)
{
  char piece[PATTERN];

  while (at < end)
    {
      gsize n = (gsize) MIN (PATTERN, end - at);

      for (gsize i = 0; i < n; i++)
        piece[i] = raw_server_byte (at + (gint64) i);
      if (!transmit (self, piece, n))
        return FALSE;
      at += (gint64) n;
    }
  return TRUE;
}

static void
reset (Connection *self)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

static gboolean
shake_hands (Connection *self)
{
  g_autoptr (GIOStream) plain = g_steal_pointer (&self->stream);

  self->stream = g_tls_server_connection_new (plain, self->server->certificate, NULL);
  return g_tls_connection_handshake (G_TLS_CONNECTION (self->stream), NULL, NULL);
}

/* Whether the connection goes on. */
static gboolean
perform (Connection *self, Answer *answer)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer->bytes, &length);

  if (!transmit (self, bytes, length) || !transmit_pattern (self, answer->first, answer->end_at))
    return FALSE;
  switch (answer->end)
    {
    case RAW_KEEP:
      return TRUE;
    case RAW_TUNNEL:
      return shake_hands (self);
    case RAW_RESET:
      reset (self);
      break;
    case RAW_DRIP:
      drip (self);
      break;
    case RAW_REPEAT:
      repeat (self, answer->bytes);
      break;
    case RAW_HANG:
      while (receive (self))
        ;
      break;
    case RAW_DEAF:
      wait_deaf (self);
      break;
    case RAW_CLOSE:
    default:
      break;
    }
  return FALSE;
}

static gboolean
open_stream (Connection *self)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (self->fd, NULL);

  self->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  return self->server->certificate == NULL || self->server->proxy || shake_hands (self);
}

static gpointer
serve (gpointer data)
{
  Connection *self = data;
  gboolean on = open_stream (self);

  while (on)
    {
      Answer *answer = take_request (self);

      on = answer != NULL && perform (self, answer);
      g_clear_pointer (&answer, answer_free);
    }
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_mutex_lock (&self->server->lock);
  self->server->n_open--;
  g_mutex_unlock (&self->server->lock);
  g_main_context_wakeup (NULL);
  g_string_free (self->buffer, TRUE);
  g_free (self);
  return NULL;
}

static gpointer
accept_all (gpointer data)
{
  RawServer *self = data;
  struct sockaddr_in peer;
  socklen_t length = sizeof peer;
  int fd;

  while ((fd = accept4 (self->listener, (struct sockaddr *) &peer, &length, SOCK_CLOEXEC)) >= 0)
    {
      Connection *connection;

      if (ntohs (peer.sin_port) == (guint) g_atomic_int_get (&self->last_port))
        {
          close (fd);
          break;
        }
      connection = g_new0 (Connection, 1);
      connection->server = self;
      connection->fd = fd;
      connection->buffer = g_string_new (NULL);
      g_mutex_lock (&self->lock);
      self->n_connections++;
      self->n_open++;
      g_mutex_unlock (&self->lock);
      g_ptr_array_add (self->threads, g_thread_new ("raw-connection", serve, connection));
    }
  return NULL;
}

RawServer *
raw_server_new_tls (GTlsCertificate *certificate)
{
  RawServer *self = g_new0 (RawServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (self->listener);
  g_assert_no_errno (bind (self->listener, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (self->listener, 64));
  g_assert_no_errno (getsockname (self->listener, (struct sockaddr *) &address, &length));
  self->port = ntohs (address.sin_port);
  self->home = g_strdup_printf ("%s://%s:%u", certificate != NULL ? "https" : "http",
                                certificate != NULL ? "localhost" : "127.0.0.1", self->port);
  g_set_object (&self->certificate, certificate);
  g_mutex_init (&self->lock);
  self->threads = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->accepter = g_thread_new ("raw-server", accept_all, self);
  return self;
}

RawServer *
raw_server_new_proxy (GTlsCertificate *certificate)
{
  RawServer *self = raw_server_new_tls (certificate);

  self->proxy = TRUE;
  return self;
}

RawServer *
raw_server_new (void)
{
  return raw_server_new_tls (NULL);
}

static gboolean
is_open (RawServer *self)
{
  gboolean open;

  g_mutex_lock (&self->lock);
  open = self->n_open > 0;
  g_mutex_unlock (&self->lock);
  return open;
}

/* The client closes its connections in its main loop. */
void
raw_server_stop (RawServer *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int last;

  if (self->accepter == NULL)
    return;
  /* one more connection, so that all before it are accepted */
  last = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_no_errno (bind (last, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (getsockname (last, (struct sockaddr *) &address, &length));
  g_atomic_int_set (&self->last_port, ntohs (address.sin_port));
  address.sin_port = htons ((guint16) self->port);
  g_assert_no_errno (connect (last, (struct sockaddr *) &address, sizeof address));
  g_thread_join (g_steal_pointer (&self->accepter));
  close (last);
  close (self->listener);
  wait_until (!is_open (self));
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_set_size (self->threads, 0);
}

void
raw_server_free (RawServer *self)
{
  raw_server_stop (self);
  g_queue_clear_full (&self->answers, answer_free);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->requests);
  g_clear_object (&self->certificate);
  g_mutex_clear (&self->lock);
  g_free (self->home);
  g_free (self);
}

static void
add_answer (RawServer *self, Answer answer, const char *bytes, gssize length)
{
  answer.bytes = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->answers, g_memdup2 (&answer, sizeof answer));
  g_mutex_unlock (&self->lock);
}

void
raw_server_answer (RawServer *self, RawEnd end, const char *bytes, gssize length)
{
  add_answer (self, (Answer){ .end = end }, bytes, length);
}

void
raw_server_answer_early (RawServer *self, RawEnd end, const char *bytes)
{
  add_answer (self, (Answer){ .end = end, .early = TRUE }, bytes, -1);
}

void
raw_server_answer_pattern (RawServer *self, RawEnd end, const char *head, gint64 first, gint64 last)
{
  add_answer (self, (Answer){ .end = end, .first = first, .end_at = last + 1 }, head, -1);
}

void
raw_server_set_forgetful (RawServer *self)
{
  self->forgetful = TRUE;
}

guint
raw_server_get_port (RawServer *self)
{
  return self->port;
}

const char *
raw_server_get_home (RawServer *self)
{
  return self->home;
}

char *
raw_server_url (RawServer *self, const char *path)
{
  return g_strconcat (self->home, path, NULL);
}

guint
raw_server_get_n_connections (RawServer *self)
{
  return self->n_connections;
}

guint
raw_server_get_n_requests (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests->len;
  g_mutex_unlock (&self->lock);
  return n;
}

gsize
raw_server_get_n_bytes (RawServer *self)
{
  return self->n_bytes;
}

const char *
raw_server_get_request (RawServer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return g_ptr_array_index (self->requests, index);
}
