"""Telegram exports and pages, in the form in which they are written; names and posts invented."""

from __future__ import annotations

import json
from typing import Any

CHANNEL = "مرصد الوادي"
TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب."
UNIX = "1621850400"  # 2021-05-24T10:00:00Z

MESSAGES: list[dict[str, Any]] = [
    {"id": 1, "type": "service", "date": "2021-05-24T13:00:00", "date_unixtime": UNIX,
     "actor": CHANNEL, "action": "create_channel", "title": CHANNEL, "text": ""},
    {"id": 2, "type": "message", "date": "2021-05-24T13:00:00", "date_unixtime": UNIX,
     "from": CHANNEL, "from_id": "channel1234567890", "text": TEXT,
     "edited": "2021-05-24T14:00:00", "edited_unixtime": "1621854000", "photo": "photos/p1.jpg"},
    {"id": 3, "type": "message", "date": "2021-05-25T01:30:00", "date_unixtime": "1621895400",
     "from": CHANNEL, "author": "سامر", "forwarded_from": "نبض الجبل",
     "text": [{"type": "bold", "text": "عاجل"}, " | ", {"type": "link", "text": "https://example.org/2"},
              "\nقصف على بلدة."]},
    {"id": 4, "type": "message", "date": "2021-05-25T01:31:00", "date_unixtime": "1621895460",
     "from": CHANNEL, "file": "video_files/v.mp4", "media_type": "video_file", "text": ""},
    {"id": 5, "type": "message", "date": "2021-02-30T01:31:00", "text": "بلا يوم"},
    {"id": 6, "type": "unsupported"},
]  # fmt: skip


def export(messages: list[Any] | None = None, **known: Any) -> bytes:
    """A channel by itself, as ``result.json`` is written."""
    chat = {"name": CHANNEL, "type": "public_channel", "id": 1234567890, **known}
    chat["messages"] = MESSAGES if messages is None else messages
    return json.dumps(chat, ensure_ascii=False, indent=1).encode()


def account() -> bytes:
    """All of an account: chats with people among channels."""
    chats = [
        {"name": "شخص", "type": "personal_chat", "id": 7, "messages": MESSAGES},
        {"type": "saved_messages", "id": 8, "messages": MESSAGES[:2]},
        {"name": CHANNEL, "type": "public_channel", "id": 1234567890, "messages": MESSAGES[:3]},
    ]
    left = [{"name": "قديم", "type": "private_channel", "id": 9, "messages": MESSAGES[1:2]}]
    data = {
        "about": "Here is the data you requested. " * 3,
        "personal_information": {"user_id": 1, "first_name": "ا", "phone_number": "0"},
        "contacts": {"about": "x", "list": [{"first_name": "ب"}]},
        "chats": {"about": "x", "list": chats},
        "left_chats": {"about": "x", "list": left},
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


DESKTOP = f"""<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
  <title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>

  <link href="css/style.css" rel="stylesheet"/>

  <script src="js/script.js" type="text/javascript">

  </script>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
{CHANNEL}
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">

     <div class="message service" id="message-1">

      <div class="body details">
24 May 2021
      </div>

     </div>

     <div class="message default clearfix" id="message2">

      <div class="pull_left userpic_wrap">

       <div class="userpic userpic3" style="width: 42px; height: 42px">

        <div class="initials" style="line-height: 42px">
م
        </div>

       </div>

      </div>

      <div class="body">

       <div class="pull_right date details" title="24.05.2021 13:00:00 UTC+03:00">
13:00
       </div>

       <div class="from_name">
{CHANNEL}
       </div>

       <div class="media_wrap clearfix">

        <a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg">

         <img class="photo" src="photos/photo_1_thumb.jpg" style="width: 260px; height: 146px"/>

        </a>

       </div>

       <div class="text">
{TEXT}<br><br>عن &quot;شهود&quot;<br><a href="https://example.org">رابط</a>
       </div>

      </div>

     </div>

     <div class="message default clearfix joined" id="message3">

      <div class="body">

       <div class="pull_right date details" title="24.05.2021 13:05:00">
13:05
       </div>

       <div class="pull_left forwarded userpic_wrap">

        <div class="userpic userpic5" style="width: 42px; height: 42px">

        </div>

       </div>

       <div class="forwarded body">

        <div class="from_name">
نبض الجبل<span class="date details" title="23.05.2021 20:00:00 UTC+03:00"> 23.05.2021 20:00:00</span>
        </div>

        <div class="text">
قصف على بلدة.
        </div>

       </div>

      </div>

     </div>

     <div class="message default clearfix joined" id="message4">

      <div class="body">

       <div class="pull_right date details" title="30.02.2021 13:06:00 UTC+03:00">
13:06
       </div>

       <div class="forwarded body">

        <div class="text">
تتمة ما نقل.
        </div>

       </div>

      </div>

     </div>

     <div class="message default clearfix joined" id="message5">

      <div class="body">

       <div class="pull_right date details" title="24.05.2021 13:10:00 UTC+03:00">
13:10
       </div>

       <div class="media_wrap clearfix">

        <a class="media clearfix pull_left block_link media_video" href="video_files/v.mp4">

         <div class="body">

          <div class="title bold">
Video file
          </div>

         </div>

        </a>

       </div>

      </div>

     </div>

    </div>

   </div>

  </div>

 </body>

</html>
"""

PREVIEW = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{CHANNEL} – Telegram</title>
<meta property="al:android:url" content="tg://resolve?domain=wadi_watch">
<link href="//telegram.org/css/telegram-web.css?39" rel="stylesheet"></head>
<body class="widget_frame_base tgme_webpreview emoji_image"><header class="tgme_header">
<div class="tgme_channel_info_header_title"><span dir="auto">{CHANNEL}</span></div></header>
<main><section class="tgme_channel_history js-message_history">
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="wadi_watch/11">
<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/wadi_watch"><span dir="auto">{CHANNEL}</span></a></div>
<a class="tgme_widget_message_reply" href="https://t.me/wadi_watch/9"><div class="tgme_widget_message_text js-message_reply_text" dir="auto">خبر قديم</div></a>
<a class="tgme_widget_message_photo_wrap 1 2" href="https://t.me/wadi_watch/11" style="background-image:url('x')"></a>
<div class="tgme_widget_message_text js-message_text" dir="auto"><b>عاجل</b><br/>{TEXT}</div>
<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info">
<span class="tgme_widget_message_views">1.2K</span><span class="tgme_widget_message_meta">edited <a class="tgme_widget_message_date" href="https://t.me/wadi_watch/11"><time datetime="2021-05-24T10:00:00+00:00" class="time">10:00</time></a></span></div></div></div></div></div>
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="wadi_watch/12">
<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/jabal/5"><span dir="auto">نبض الجبل</span></a></div>
<div class="tgme_widget_message_text js-message_text" dir="auto">قصف على بلدة.</div>
<div class="tgme_widget_message_footer"><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/wadi_watch/12"><time datetime="2021-05-24T11:00:00+00:00">11:00</time></a></span></div></div></div></div>
</section></main></body></html>"""
