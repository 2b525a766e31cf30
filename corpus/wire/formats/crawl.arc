filedesc://crawl.arc 0.0.0.0 20240603070000 text/plain 70
1 0 Northwire
URL IP-address Archive-date Content-type Archive-length

https://northwire.example/seed-store 192.0.2.1 20240603070000 text/html 1725
HTTP/1.0 200 OK
Content-Type: text/html

<!doctype html>
<html lang="en"><head><meta charset="windows-1252"><title>Salt mine under Vessel Hill to become seed store</title><meta property="article:published_time" content="2024-06-03T06:15:00Z"></head>
<body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>
<article><h1>Salt mine under Vessel Hill to become seed store</h1>
<p>VESSEL HILL, June 3 (Northwire) - A salt mine that closed in 1997 will be turned into a store for the seeds of 42,000 kinds of grain, the district of Orrenmark decided on Sunday after eleven hours of debate.</p>
<p>The store is to take up two of the mine&#x27;s nineteen galleries, 310 metres below the market square, where the air is dry and the temperature has stayed at 8 degrees since measuring began. Work is to start in September and to cost 27 million crowns, of which the district pays nine.</p>
<p>&quot;Salt kept the herring of this valley for six hundred years,&quot; said the district&#x27;s architect, Jonas Wittelkamp. &quot;It can be trusted with a handful of barley.&quot;</p>
<p>Two councillors voted against the plan. Marit Aldergrove, who leads the farmers&#x27; list, said the money would be better spent on the road to the grain silos, which is closed every spring when the Sorrel floods.</p>
<p>The national seed bank, now in a former dairy in Korsby, has been looking for a drier home since mould destroyed 600 samples of rye in 2021. Its director, Tove Brakenridge, said the first boxes would travel by rail in March, in wagons cooled to the temperature of the mine.</p>
<p>Former miners will be offered the first 14 jobs. The last of them, Anders Quillfeather, is 51 and drives a bus.</p>
</article></body></html>

