<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Give this correction up?</source>
        <translation>放弃这次补正？</translation>
    </message>
    <message>
        <source>The case goes back to what it was before. What was added meanwhile stays on this disk, readable.</source>
        <translation>申请回到补正之前的样子。期间添加的内容仍留在本机，可以查看。</translation>
    </message>
    <message>
        <source>Go on mending</source>
        <translation>继续补正</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>放弃补正</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Registration types and checklists</source>
        <translation>登记类型与收件清单</translation>
    </message>
    <message>
        <source>Problem categories</source>
        <translation>登记难类别</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>政策</translation>
    </message>
    <message>
        <source>Promises of papers for later</source>
        <translation>容缺规定</translation>
    </message>
    <message>
        <source>Questions of the inquiry</source>
        <translation>询问问题</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Checks of the centre</source>
        <translation>中心核验项</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>收费标准</translation>
    </message>
    <message>
        <source>Code lists</source>
        <translation>代码表</translation>
    </message>
    <message>
        <source>Divisions</source>
        <translation>行政区划</translation>
    </message>
    <message>
        <source>Rare characters</source>
        <translation>生僻字</translation>
    </message>
    <message>
        <source>Developer&apos;s sheet</source>
        <translation>交房清单格式</translation>
    </message>
    <message>
        <source>Words for problems</source>
        <translation>提示文字</translation>
    </message>
    <message>
        <source>Forms, Chinese</source>
        <translation>表单（中文）</translation>
    </message>
    <message>
        <source>Forms, English</source>
        <translation>表单（英文）</translation>
    </message>
    <message>
        <source>Words of the papers</source>
        <translation>单据文字</translation>
    </message>
    <message>
        <source>Tibetan labels</source>
        <translation>藏文标签</translation>
    </message>
    <message>
        <source>The pack as a whole</source>
        <translation>整个数据包</translation>
    </message>
</context>
<context>
    <name>AboutScreen</name>
    <message>
        <source>Rules and words</source>
        <translation>规则与文字</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>What</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Choose a pack</source>
        <translation>选择数据包</translation>
    </message>
    <message>
        <source>Licences, and back</source>
        <translation>许可列表，再按返回</translation>
    </message>
    <message>
        <source>About Jilai</source>
        <translation>关于即来</translation>
    </message>
    <message>
        <source>Jilai itself is under {licence}. It uses what others made, under these licences:</source>
        <translation>即来自身采用 {licence} 许可，并使用下列他人的成果：</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>施行日期</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>未经确认</translation>
    </message>
    <message>
        <source>the centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>as a whole</source>
        <translation>整体</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>{open} of {all} packs hold what the registration body has not confirmed. They stand where the official text is not known, and say where they come from.</source>
        <translation>{all} 个数据包中有 {open} 个含有登记机构尚未确认的内容：官方文本未得到时先行采用，并注明出处。</translation>
    </message>
    <message numerus="yes">
        <source>%n pack(s) of the centre could not be used and were set aside.</source>
        <translation>
            <numerusform>中心下发的 %n 个数据包无法使用，已搁置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not confirmed by the registration body</source>
        <translation>未经登记机构确认</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Version {version}, in force from {day}</source>
        <translation>版本 {version}，{day} 起施行</translation>
    </message>
    <message>
        <source>Came from the centre {when}</source>
        <translation>{when} 由中心下发</translation>
    </message>
    <message>
        <source>Version {version} is here and takes effect on {day}</source>
        <translation>版本 {version} 已收到，{day} 起施行</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>库结构</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据目录</translation>
    </message>
</context>
<context>
    <name>AgreementCard</name>
    <message>
        <source>Entered: {text}</source>
        <translation>录入：{text}</translation>
    </message>
</context>
<context>
    <name>AgreementSide</name>
    <message>
        <source>Read and agreed: {entries}</source>
        <translation>已识别一致：{entries}</translation>
    </message>
    <message>
        <source>{paper} fills the form</source>
        <translation>{paper}可填入表单</translation>
    </message>
    <message>
        <source>{paper} says something else</source>
        <translation>{paper}与录入不一致</translation>
    </message>
    <message>
        <source>Read by machine: compare with the paper before you decide.</source>
        <translation>机器识别，先对照原件再决定。</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不采用</translation>
    </message>
    <message>
        <source>Entry stands</source>
        <translation>以录入为准</translation>
    </message>
    <message>
        <source>entry stands</source>
        <translation>以录入为准</translation>
    </message>
    <message>
        <source>The papers</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>{paper} compared</source>
        <translation>{paper}已核对</translation>
    </message>
    <message>
        <source>{paper} and entries agree</source>
        <translation>{paper}与录入一致</translation>
    </message>
    <message>
        <source>This place is not in the building table; choose the household at step 2</source>
        <translation>楼盘表里没有这一户，请在第 2 步选择</translation>
    </message>
    <message>
        <source>Taken over: {entries}</source>
        <translation>已采用：{entries}</translation>
    </message>
    <message>
        <source>Enter what the paper says</source>
        <translation>采用材料上的内容</translation>
    </message>
    <message>
        <source>Let the entry stand against the paper</source>
        <translation>以录入为准，不采用材料上的内容</translation>
    </message>
    <message>
        <source>F6 F7 · differs: {entries}</source>
        <translation>F6 F7 · 不一致：{entries}</translation>
    </message>
    <message>
        <source>F6 takes over: {entries}</source>
        <translation>按 F6 采用：{entries}</translation>
    </message>
</context>
<context>
    <name>ApplicantPage</name>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Go on: property</source>
        <translation>下一步：不动产</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>As on the identity card</source>
        <translation>与身份证一致</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>联系电话</translation>
    </message>
    <message>
        <source>A mobile or landline that answers</source>
        <translation>能打通的手机或座机</translation>
    </message>
    <message>
        <source>Address for letters</source>
        <translation>通讯地址</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>{count} of 18</source>
        <translation>{count} / 18 位</translation>
    </message>
    <message>
        <source>18 characters, the last may be X</source>
        <translation>18 位，末位可为 X</translation>
    </message>
    <message>
        <source>Code or number</source>
        <translation>代码或证号</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>权利方</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>证件种类</translation>
    </message>
    <message>
        <source>Name of the body</source>
        <translation>单位名称</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Legal representative or head</source>
        <translation>法定代表人或负责人</translation>
    </message>
    <message>
        <source>Guardian&apos;s name</source>
        <translation>监护人姓名</translation>
    </message>
    <message>
        <source>Guardian&apos;s document number</source>
        <translation>监护人证件号</translation>
    </message>
    <message>
        <source>Guardian&apos;s telephone</source>
        <translation>监护人电话</translation>
    </message>
    <message>
        <source>What the guardian is to the ward</source>
        <translation>与被监护人的关系</translation>
    </message>
    <message>
        <source>Kind of the guardian&apos;s document</source>
        <translation>监护人证件种类</translation>
    </message>
    <message>
        <source>Agent&apos;s name</source>
        <translation>代理人姓名</translation>
    </message>
    <message>
        <source>Agent&apos;s document number</source>
        <translation>代理人证件号</translation>
    </message>
    <message>
        <source>Agent&apos;s telephone</source>
        <translation>代理人电话</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>代理机构</translation>
    </message>
    <message>
        <source>Kind of the agent&apos;s document</source>
        <translation>代理人证件种类</translation>
    </message>
    <message>
        <source>How the mandate was made</source>
        <translation>委托方式</translation>
    </message>
    <message>
        <source>Number of the notary&apos;s certificate</source>
        <translation>公证书编号</translation>
    </message>
    <message>
        <source>Staff who saw the signature</source>
        <translation>见证的工作人员</translation>
    </message>
    <message>
        <source>What the agent may do</source>
        <translation>委托事项</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Such as 2027-06-30</source>
        <translation>例如 2027-06-30</translation>
    </message>
    <message>
        <source>As on the licence</source>
        <translation>与证照一致</translation>
    </message>
    <message>
        <source>As on the document</source>
        <translation>与证件一致</translation>
    </message>
    <message>
        <source>By the document the party is a person or a body</source>
        <translation>按证件区分自然人或单位</translation>
    </message>
    <message>
        <source>Several names with 、 between them</source>
        <translation>多人用顿号分开</translation>
    </message>
    <message>
        <source>From the mandate: apply, answer the inquiry, collect the certificate</source>
        <translation>照委托书填写：申请登记、接受询问、领取证书</translation>
    </message>
    <message>
        <source>Empty where open; such as 2027-06-30</source>
        <translation>长期的留空；例如 2027-06-30</translation>
    </message>
    <message>
        <source>Take a photograph of the signing: it is a row of the materials</source>
        <translation>请拍下签署现场，材料里有这一项</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>监护人</translation>
    </message>
    <message>
        <source>Without guardian</source>
        <translation>去掉监护人</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理人</translation>
    </message>
    <message>
        <source>Without agent</source>
        <translation>去掉代理人</translation>
    </message>
    <message>
        <source>Notarised</source>
        <translation>经公证</translation>
    </message>
    <message>
        <source>Signed here, witnessed</source>
        <translation>当场签署并见证</translation>
    </message>
    <message>
        <source>Sealed by the body</source>
        <translation>单位盖章</translation>
    </message>
    <message>
        <source>Signed elsewhere</source>
        <translation>自行签署</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父母</translation>
    </message>
    <message>
        <source>Spouse</source>
        <translation>配偶</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>子女</translation>
    </message>
    <message>
        <source>Other relative</source>
        <translation>其他近亲属</translation>
    </message>
    <message>
        <source>Appointed</source>
        <translation>指定监护人</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Obligor</source>
        <translation>义务人</translation>
    </message>
    <message>
        <source>Right holder</source>
        <translation>权利人</translation>
    </message>
    <message>
        <source>first registration</source>
        <translation>首次登记</translation>
    </message>
    <message>
        <source>inheritance or bequest</source>
        <translation>继承、受遗赠</translation>
    </message>
    <message>
        <source>judgment or decision in force</source>
        <translation>生效法律文书或决定</translation>
    </message>
    <message>
        <source>the holder&apos;s own facts changed</source>
        <translation>权利人自身情况变化</translation>
    </message>
    <message>
        <source>property lost or right given up</source>
        <translation>灭失或放弃权利</translation>
    </message>
    <message>
        <source>correction or objection</source>
        <translation>更正或异议</translation>
    </message>
    <message>
        <source>another case that a law names</source>
        <translation>法律规定的其他情形</translation>
    </message>
    <message>
        <source>Jointly</source>
        <translation>共同申请</translation>
    </message>
    <message>
        <source>One side alone</source>
        <translation>单方申请</translation>
    </message>
    <message>
        <source>Alone: {reason}</source>
        <translation>单方：{reason}</translation>
    </message>
    <message>
        <source>The chip has {old}; in Unicode it is {char} ({new}).</source>
        <translation>芯片里是 {old}，对应统一码的“{char}”（{new}）。</translation>
    </message>
    <message>
        <source>Under 18: the guardian applies and signs</source>
        <translation>未满 18 岁，由监护人申请并签名</translation>
    </message>
    <message>
        <source>The number checks out</source>
        <translation>号码校验通过</translation>
    </message>
    <message>
        <source>Read from the card</source>
        <translation>读卡录入</translation>
    </message>
    <message>
        <source>Filing and shares</source>
        <translation>申请与共有</translation>
    </message>
    <message>
        <source>Party {number}</source>
        <translation>第 {number} 位</translation>
    </message>
    <message>
        <source>As for {name}</source>
        <translation>与 {name} 相同</translation>
    </message>
    <message>
        <source>One side alone needs one of the reasons of the regulation, art. 14</source>
        <translation>单方申请须符合《暂行条例》第十四条所列情形</translation>
    </message>
    <message>
        <source>The developer {name} takes part by its standing mandate</source>
        <translation>开发企业{name}凭长期委托参加，不必录入</translation>
    </message>
    <message>
        <source>The other side comes as well and is entered as the obligor</source>
        <translation>对方同时到场，录为义务人</translation>
    </message>
</context>
<context>
    <name>ApplicationList</name>
    <message>
        <source>Receipt number</source>
        <translation>收件编号</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>不动产</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Safe</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Draft of {time}</source>
        <translation>草稿 {time}</translation>
    </message>
</context>
<context>
    <name>ApplicationTable</name>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
</context>
<context>
    <name>Appointment</name>
    <message>
        <source>Make an appointment</source>
        <translation>登记预约</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Born, where told: date, year or identity number</source>
        <translation>出生（知道时填）：日期、年份或身份证号</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Book all the same</source>
        <translation>照样预约</translation>
    </message>
    <message>
        <source>Take {time}</source>
        <translation>改约 {time}</translation>
    </message>
    <message>
        <source>House number, where it is known</source>
        <translation>房号（知道时填）</translation>
    </message>
    <message>
        <source>No such house; it is booked without one</source>
        <translation>没有这个房号，不带房号预约</translation>
    </message>
</context>
<context>
    <name>ArrivalPanel</name>
    <message>
        <source>Comparing…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Certificate of arrival</source>
        <translation>到达证明</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印…</translation>
    </message>
    <message>
        <source>Has everything arrived?</source>
        <translation>都到齐了吗？</translation>
    </message>
    <message>
        <source>The centre compares what it holds of this machine with what was submitted on it, and signs that nothing is missing.</source>
        <translation>中心把它持有的与本机提交的逐件核对，并签名证明一件不缺。</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>还没有核对过</translation>
    </message>
    <message numerus="yes">
        <source>All %n application(s) have arrived</source>
        <translation>
            <numerusform>%n 件申请全部到齐</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed by the centre, asked {time}</source>
        <translation>中心已签名，核对于 {time}</translation>
    </message>
    <message numerus="yes">
        <source>The centre lacks %n application(s)</source>
        <translation>
            <numerusform>中心还缺 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Asked {time}. They are on their way again; ask once more when all are held.</source>
        <translation>核对于 {time}。所缺的正在补送；全部到达后请再核对一次。</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>请中心核对</translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message>
        <source>Backups of the database on this disk</source>
        <translation>本机磁盘上的数据库备份</translation>
    </message>
    <message>
        <source>Made by the hour and before each update. A damaged database is mended by itself; one of these comes into use where there is no second copy.</source>
        <translation>每小时和每次更新前各做一份。数据库损坏会自动修好；没有第二副本时就用这里的一份。</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>还没有备份</translation>
    </message>
    <message>
        <source>The first one is made within the hour, or now by B.</source>
        <translation>一小时内会做第一份，也可按 B 现在做。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>现在备份</translation>
    </message>
    <message>
        <source>Before an update</source>
        <translation>更新之前</translation>
    </message>
    <message>
        <source>By the hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>缘由</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What was taken in after that backup will be missing here, and the numbers that are left are given up. Press again to have it at the next opening.</source>
        <translation>那份备份之后收的件，本机上就没有了，剩余编号作废。再按一次，下次打开时换上。</translation>
    </message>
    <message>
        <source>Yes, put it back</source>
        <translation>确定换回</translation>
    </message>
    <message>
        <source>Put this one back</source>
        <translation>换回这一份</translation>
    </message>
    <message>
        <source>The database was last read whole at {at}.</source>
        <translation>数据库上次通读是 {at}。</translation>
    </message>
    <message>
        <source>The database is read whole once a day, while the window is open.</source>
        <translation>窗口开着时，数据库每天通读一次。</translation>
    </message>
    <message>
        <source>Room to close an evening on a full disk is kept aside.</source>
        <translation>已留出空间，磁盘满了也能收班。</translation>
    </message>
    <message>
        <source>There is no room kept aside for a full disk.</source>
        <translation>没有为磁盘满留出空间。</translation>
    </message>
</context>
<context>
    <name>Battery</name>
    <message>
        <source>Battery at {percent} %: plug it in, or finish this case and close.</source>
        <translation>电池只剩 {percent} %：请接电源，或者办完这件后收工。</translation>
    </message>
    <message>
        <source>On the mains there is nothing to save.</source>
        <translation>已接电源，无需省电。</translation>
    </message>
    <message>
        <source>Saving the battery: an idle camera is shut, what can wait goes slower.</source>
        <translation>省电模式已开：相机闲置即关，可缓的后台工作放慢。</translation>
    </message>
    <message>
        <source>The battery is saved no more.</source>
        <translation>省电模式已关。</translation>
    </message>
</context>
<context>
    <name>BindingCard</name>
    <message>
        <source>Asking the keyring…</source>
        <translation>正在询问密钥环…</translation>
    </message>
    <message>
        <source>Only on this machine</source>
        <translation>只在这台机器上</translation>
    </message>
    <message>
        <source>On. Passwords open the data here only; a copy of it, the second copy too, opens elsewhere with the recovery key alone.</source>
        <translation>已开启。密码只能在这台机器上打开数据；复制到别处的数据，包括第二副本，只能用恢复密钥打开。</translation>
    </message>
    <message>
        <source>Off. Whoever copies the data and knows a password opens it on any machine. When on, half of the key stays in this machine&apos;s keyring: the second copy then opens on another laptop with the recovery key alone. Copies made before go on opening with a password.</source>
        <translation>未开启。谁复制了数据又知道密码，就能在任何机器上打开。开启后，钥匙的一半留在这台机器的系统密钥环里：第二副本在别的电脑上只能用恢复密钥打开。开启前做的副本仍可用密码打开。</translation>
    </message>
    <message>
        <source>My password</source>
        <translation>我的密码</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入内容</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Passwords now open the data on this machine only.</source>
        <translation>现在密码只能在这台机器上打开数据。</translation>
    </message>
    <message>
        <source>Passwords now open the data on any machine.</source>
        <translation>现在密码在任何机器上都能打开数据。</translation>
    </message>
</context>
<context>
    <name>BuildingGrid</name>
    <message>
        <source>Building table</source>
        <translation>楼盘表</translation>
    </message>
    <message>
        <source>{floor} F</source>
        <translation>{floor} 层</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Surveyed</source>
        <translation>已摸排</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>小证到手</translation>
    </message>
    <message>
        <source>Not surveyed</source>
        <translation>未摸排</translation>
    </message>
    <message>
        <source>No first registration of the project</source>
        <translation>项目未办首次登记</translation>
    </message>
</context>
<context>
    <name>BuildingTableScreen</name>
    <message>
        <source>Building table</source>
        <translation>楼盘表</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>No compound yet</source>
        <translation>还没有小区</translation>
    </message>
    <message>
        <source>Compounds and their building tables come from the centre, by themselves once connected.</source>
        <translation>连上中心后，小区和楼盘表会自动送来。</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>已收件</translation>
    </message>
    <message>
        <source>Search the house number</source>
        <translation>搜索房号</translation>
    </message>
    <message>
        <source>Move in the building table</source>
        <translation>在楼盘表中移动</translation>
    </message>
    <message>
        <source>Start the household&apos;s case, or open it</source>
        <translation>为这一户受理，或打开它的件</translation>
    </message>
    <message>
        <source>Former and next building</source>
        <translation>上一栋、下一栋</translation>
    </message>
    <message>
        <source>Start intake</source>
        <translation>开始受理</translation>
    </message>
    <message>
        <source>Go on with {room}</source>
        <translation>继续办理 {room}</translation>
    </message>
    <message>
        <source>Open the case of {room}</source>
        <translation>打开 {room} 的件</translation>
    </message>
    <message>
        <source>Start intake for {room}</source>
        <translation>为 {room} 受理</translation>
    </message>
    <message>
        <source>The session is at {compound}</source>
        <translation>本场在 {compound}</translation>
    </message>
    <message>
        <source>The session is at another compound</source>
        <translation>本场在另一个小区</translation>
    </message>
    <message>
        <source>Intakes are taken at {compound} tonight.</source>
        <translation>今晚在 {compound} 收件。</translation>
    </message>
    <message>
        <source>Close that session and open one here, or choose a household there.</source>
        <translation>先收班再在这里开场，或选那个小区的一户。</translation>
    </message>
    <message>
        <source>Take in a developer&apos;s sheet, at the handing over of keys</source>
        <translation>导入开发企业的交房清单（交房即交证）</translation>
    </message>
    <message>
        <source>Print A3</source>
        <translation>打印 A3</translation>
    </message>
    <message>
        <source>All buildings side by side, or one</source>
        <translation>全部楼幢并排，或只看一幢</translation>
    </message>
    <message>
        <source>Larger, smaller, as before</source>
        <translation>放大、缩小、还原</translation>
    </message>
    <message>
        <source>Only the standing of that number in the legend; all</source>
        <translation>只看图例里这个编号的状态；0 看全部</translation>
    </message>
    <message>
        <source>Choose this household for a batch, or not</source>
        <translation>选中或不选这一户</translation>
    </message>
    <message>
        <source>Choose the cells between</source>
        <translation>选中之间的各户</translation>
    </message>
    <message>
        <source>Choose this floor, this entrance, everything in view</source>
        <translation>选中本层、本单元、眼前全部</translation>
    </message>
    <message>
        <source>Print the building table on A3</source>
        <translation>把楼盘表打印到 A3</translation>
    </message>
    <message>
        <source>Open the compound&apos;s file</source>
        <translation>打开小区档案</translation>
    </message>
    <message>
        <source>Resolved over {over} %, target {target} %</source>
        <translation>超过 {over}% 算化解，目标 {target}%</translation>
    </message>
    <message>
        <source>Developer&apos;s sheet</source>
        <translation>开发企业清单</translation>
    </message>
    <message>
        <source>Certificates, as known here</source>
        <translation>已发证（按本机所知）</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>已化解</translation>
    </message>
    <message>
        <source>Not resolved yet</source>
        <translation>尚未化解</translation>
    </message>
    <message>
        <source>Target {target} %</source>
        <translation>目标 {target}%</translation>
    </message>
    <message>
        <source>Resolved, of all compounds here</source>
        <translation>已化解（本机所知全部小区）</translation>
    </message>
</context>
<context>
    <name>CallOff</name>
    <message>
        <source>Call this session off?</source>
        <translation>取消这一场？</translation>
    </message>
    <message>
        <source>It stays in the list as called off. Colleagues and the centre see the reason.</source>
        <translation>它仍在列表中，标为已取消。同事和中心会看到原因。</translation>
    </message>
    <message>
        <source>The place cannot be had</source>
        <translation>场地不能用</translation>
    </message>
    <message>
        <source>Bad weather</source>
        <translation>天气恶劣</translation>
    </message>
    <message>
        <source>Nobody can go that day</source>
        <translation>当天无人可派</translation>
    </message>
    <message>
        <source>Call off</source>
        <translation>取消这一场</translation>
    </message>
</context>
<context>
    <name>CaptureCard</name>
    <message>
        <source>Cameras, scanners, card reader</source>
        <translation>摄像头、扫描仪、读卡器</translation>
    </message>
    <message>
        <source>Address of a network scanner</source>
        <translation>网络扫描仪地址</translation>
    </message>
    <message>
        <source>Only where it is not found by itself</source>
        <translation>自动找不到时才填写</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>New files in it become pages of the row in hand, and are removed once stored</source>
        <translation>新文件成为当前材料的页，保存后从文件夹移除</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Ready to go?</source>
        <translation>出发前自检</translation>
    </message>
    <message>
        <source>Foot pedal</source>
        <translation>脚踏开关</translation>
    </message>
    <message>
        <source>Press it here once; it then photographs as Space does</source>
        <translation>在这里踩一下脚踏，以后等同空格拍照</translation>
    </message>
    <message>
        <source>Put a watermark on pages of a copy</source>
        <translation>复印件的页加水印</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>未设按键</translation>
    </message>
</context>
<context>
    <name>CaptureSide</name>
    <message>
        <source>Starting the camera…</source>
        <translation>正在打开摄像头…</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Waiting for the camera</source>
        <translation>等待摄像头</translation>
    </message>
    <message>
        <source>Plug the camera in; it goes on by itself.</source>
        <translation>插好摄像头，会自动继续。</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>没有摄像头</translation>
    </message>
    <message>
        <source>No camera is plugged in. F3 scans, Ctrl O adds files.</source>
        <translation>没有插摄像头。按 F3 扫描，按 Ctrl O 添加文件。</translation>
    </message>
    <message>
        <source>Looking for a scanner…</source>
        <translation>正在找扫描仪…</translation>
    </message>
    <message>
        <source>Scanning: {name}</source>
        <translation>正在扫描：{name}</translation>
    </message>
    <message>
        <source>Page {number} stored</source>
        <translation>第 {number} 页已保存</translation>
    </message>
    <message>
        <source>Camera on or off</source>
        <translation>打开或关闭摄像头</translation>
    </message>
    <message>
        <source>Photograph into this row, while the camera is on</source>
        <translation>摄像头打开时，拍到这一项</translation>
    </message>
    <message>
        <source>Scan into this row: the feeder, else the glass</source>
        <translation>扫描到这一项：先进纸器，没有纸就扫平板</translation>
    </message>
    <message>
        <source>Scan both sides</source>
        <translation>扫描双面</translation>
    </message>
    <message>
        <source>The other camera</source>
        <translation>换另一个摄像头</translation>
    </message>
    <message>
        <source>Camera (F2)</source>
        <translation>摄像头（F2）</translation>
    </message>
    <message>
        <source>Scan (F3)</source>
        <translation>扫描（F3）</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>拍摄</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>By itself: on</source>
        <translation>自动拍：开</translation>
    </message>
    <message>
        <source>By itself: off</source>
        <translation>自动拍：关</translation>
    </message>
</context>
<context>
    <name>CardReading</name>
    <message>
        <source>The card says another name or number than the entries: compare them (Alt+1)</source>
        <translation>证件上的姓名或号码与填写的不同，请核对（Alt+1）</translation>
    </message>
    <message>
        <source>The card was read: Alt+1, then F2 takes it over</source>
        <translation>已读出身份证：按 Alt+1，再按 F2 填入</translation>
    </message>
</context>
<context>
    <name>CardSide</name>
    <message>
        <source>Read an identity card; take over what it says</source>
        <translation>读身份证；采用读到的内容</translation>
    </message>
    <message>
        <source>Identity card reader</source>
        <translation>身份证读卡器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>住址</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The card says something else than the entries: compare before taking it over.</source>
        <translation>证件与已填内容不一致：核对后再采用。</translation>
    </message>
    <message>
        <source>Compare with the person, then take it over.</source>
        <translation>与本人核对后采用。</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Lay the card on the reader…</source>
        <translation>请把证放在读卡器上…</translation>
    </message>
    <message>
        <source>Lay the card on the reader and press F2; or type the entries.</source>
        <translation>把证放在读卡器上，按 F2；也可以直接填写。</translation>
    </message>
    <message>
        <source>Read card</source>
        <translation>读卡</translation>
    </message>
    <message>
        <source>Take over only what was not entered</source>
        <translation>只填入还空着的项</translation>
    </message>
    <message>
        <source>Keep what was entered</source>
        <translation>保留已填内容</translation>
    </message>
    <message>
        <source>Only what is empty</source>
        <translation>只填空项</translation>
    </message>
    <message>
        <source>Keep the entries</source>
        <translation>保留已填</translation>
    </message>
    <message>
        <source>For the guardian of {name}</source>
        <translation>填给 {name} 的监护人</translation>
    </message>
    <message>
        <source>For the agent of {name}</source>
        <translation>填给 {name} 的代理人</translation>
    </message>
    <message>
        <source>For {name}</source>
        <translation>填给 {name}</translation>
    </message>
</context>
<context>
    <name>CaseDetail</name>
    <message>
        <source>No case chosen</source>
        <translation>还没有选中一件</translation>
    </message>
    <message>
        <source>Choose one in the list to see its papers and its history.</source>
        <translation>在列表里选一件，查看它的材料和经过。</translation>
    </message>
    <message>
        <source>Hold to show</source>
        <translation>按住查看</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>不动产</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>收件凭证</translation>
    </message>
    <message>
        <source>Not submitted yet</source>
        <translation>尚未提交</translation>
    </message>
    <message>
        <source>Acceptance number {number} · {time}</source>
        <translation>受理编号 {number} · {time}</translation>
    </message>
    <message>
        <source>The centre did not take this case</source>
        <translation>中心没有接收这一件</translation>
    </message>
    <message>
        <source>What the centre says</source>
        <translation>中心的意见</translation>
    </message>
    <message>
        <source>Not sent yet, tried {n} times</source>
        <translation>还没送达，已试 {n} 次</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>坐落</translation>
    </message>
    <message>
        <source>Unit code</source>
        <translation>不动产单元号</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Papers…</source>
        <translation>文书…</translation>
    </message>
    <message>
        <source>Mortgage</source>
        <translation>抵押</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤回申请…</translation>
    </message>
    <message>
        <source>Take the newest rules</source>
        <translation>改用新规则</translation>
    </message>
    <message>
        <source>Cross-province</source>
        <translation>跨省通办</translation>
    </message>
    <message>
        <source>Filed here for another province&apos;s register</source>
        <translation>在本窗口代收，由不动产所在省登记</translation>
    </message>
    <message>
        <source>Began with older rules, and is judged by them until it takes the newest.</source>
        <translation>按旧规则开始，改用新规则以前仍按旧规则判断。</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不予受理…</translation>
    </message>
    <message>
        <source>Supplement…</source>
        <translation>补充…</translation>
    </message>
</context>
<context>
    <name>CaseWays</name>
    <message>
        <source>Go on with the correction</source>
        <translation>继续补正</translation>
    </message>
    <message>
        <source>Go on with this draft</source>
        <translation>继续这份草稿</translation>
    </message>
    <message>
        <source>Mend this case</source>
        <translation>开始补正</translation>
    </message>
    <message>
        <source>Compare the two revisions</source>
        <translation>比较两个版本</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>收件凭证</translation>
    </message>
    <message>
        <source>What the centre says of the case counts; ask it where the applicant wants otherwise.</source>
        <translation>以中心对这件申请的处理为准；申请人另有要求的，请联系中心。</translation>
    </message>
    <message>
        <source>Ask the centre&apos;s administrator to set this right, then try again. Nothing is lost.</source>
        <translation>请中心管理员处理后再试。资料没有丢失。</translation>
    </message>
    <message>
        <source>Enter sets both revisions side by side; then decide which one counts.</source>
        <translation>按 Enter 并排查看两个版本，再决定以哪个为准。</translation>
    </message>
    <message>
        <source>Bring the page back from the second copy, then try again.</source>
        <translation>从备份副本取回这一页，再试。</translation>
    </message>
    <message>
        <source>Enter opens it to be put right; where it was right, try again.</source>
        <translation>按 Enter 打开改正；如果本来没错，请再试。</translation>
    </message>
    <message>
        <source>Try again; if it is refused again, ask the centre&apos;s administrator.</source>
        <translation>再试一次；仍被拒收时，请联系中心管理员。</translation>
    </message>
    <message>
        <source>Receipt void: {reason}</source>
        <translation>收件凭证已作废：{reason}</translation>
    </message>
    <message>
        <source>Not accepted: {reason}</source>
        <translation>未予受理：{reason}</translation>
    </message>
    <message>
        <source>Registered by another body: {reason}</source>
        <translation>不属于本机构，应向{reason}申请</translation>
    </message>
    <message>
        <source>Withdrawn by the applicant: {reason}</source>
        <translation>申请人撤回：{reason}</translation>
    </message>
    <message>
        <source>Draft given up: {reason}</source>
        <translation>草稿已放弃：{reason}</translation>
    </message>
    <message>
        <source>Certificate {number} waits for its owner.</source>
        <translation>证书 {number} 待领。</translation>
    </message>
    <message>
        <source>Certificate {number} is in the owner&apos;s hand since {moment}.</source>
        <translation>证书 {number} 已于 {moment} 交到业主手中。</translation>
    </message>
</context>
<context>
    <name>CategoryCard</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>这一户</translation>
    </message>
    <message>
        <source>Not in the dictionary of categories</source>
        <translation>类别字典里没有</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>牵头和配合部门</translation>
    </message>
    <message>
        <source>What the buyer does</source>
        <translation>购房人要做的</translation>
    </message>
    <message>
        <source>Stands in the way of this type</source>
        <translation>妨碍本类登记</translation>
    </message>
    <message>
        <source>An opinion may stand in for a paper</source>
        <translation>可以用认定意见代替</translation>
    </message>
    <message>
        <source>Meanwhile</source>
        <translation>并行办理</translation>
    </message>
</context>
<context>
    <name>CertificateSection</name>
    <message>
        <source>As printed, such as 甘（2022）兰州市不动产权第0000001号</source>
        <translation>照证书填写，如 甘（2022）兰州市不动产权第0000001号</translation>
    </message>
    <message>
        <source>Certificate of real estate</source>
        <translation>不动产权证书</translation>
    </message>
    <message>
        <source>Proof of registration</source>
        <translation>不动产登记证明</translation>
    </message>
    <message>
        <source>Certificate from before 2015, still valid</source>
        <translation>2015 年以前的证书，依然有效</translation>
    </message>
    <message>
        <source>Existing certificate</source>
        <translation>原证书证号</translation>
    </message>
</context>
<context>
    <name>ChecksSection</name>
    <message numerus="yes">
        <source>Online checks · %n waiting</source>
        <translation>
            <numerusform>联网核验 · %n 项待核</numerusform>
        </translation>
    </message>
    <message>
        <source>Online checks</source>
        <translation>联网核验</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>2 Daily work</source>
        <translation>二、日常业务办理清</translation>
    </message>
    <message>
        <source>3 Legacy tasks</source>
        <translation>三、历史遗留任务清</translation>
    </message>
    <message>
        <source>4 Totals</source>
        <translation>四、登记总量底数清</translation>
    </message>
    <message>
        <source>Receipts issued, on paper</source>
        <translation>已发凭证 / 已打印</translation>
    </message>
    <message>
        <source>Received, held by the centre</source>
        <translation>收件 / 中心已收妥</translation>
    </message>
    <message>
        <source>Not taken by the centre</source>
        <translation>中心未接收</translation>
    </message>
    <message>
        <source>Papers still in the print queue</source>
        <translation>打印队列里的文书</translation>
    </message>
    <message>
        <source>Households, with a case</source>
        <translation>小区户数 / 已收件</translation>
    </message>
    <message>
        <source>Households, with a certificate</source>
        <translation>小区户数 / 已发证</translation>
    </message>
    <message>
        <source>Receipts declared void</source>
        <translation>作废凭证</translation>
    </message>
    <message>
        <source>Copies printed again</source>
        <translation>重打凭证</translation>
    </message>
    <message>
        <source>Pages by the receipts, kept here</source>
        <translation>凭证所载页数 / 本机页数</translation>
    </message>
    <message>
        <source>Originals handed in, given back</source>
        <translation>原件收取 / 退还</translation>
    </message>
    <message>
        <source>! To be counted</source>
        <translation>! 待清点</translation>
    </message>
    <message>
        <source>✓ Agrees</source>
        <translation>✓ 相符</translation>
    </message>
    <message>
        <source>· Goes on later</source>
        <translation>· 会后继续</translation>
    </message>
    <message>
        <source>✓ With a reason</source>
        <translation>✓ 已说明</translation>
    </message>
    <message>
        <source>Nothing is open here.</source>
        <translation>这一项没有遗留。</translation>
    </message>
    <message>
        <source>Submit, refuse or discard each of these drafts.</source>
        <translation>逐件提交、告知不予受理或作废。</translation>
    </message>
    <message>
        <source>Print these receipts (Ctrl P). Where that cannot be, say why: it stands on the sheet.</source>
        <translation>打印这些凭证（Ctrl P）；确实不能打印的写明原因，原因印在日结单上。</translation>
    </message>
    <message>
        <source>Print these notices from their cases. Where that cannot be, say why.</source>
        <translation>到申请里打印这些通知书；确实不能打印的写明原因。</translation>
    </message>
    <message>
        <source>They are on this machine and go up by themselves.</source>
        <translation>已存在本机，有网络时自动上传。</translation>
    </message>
    <message>
        <source>Update the second copy before the laptop leaves the place.</source>
        <translation>离开现场前请更新第二副本。</translation>
    </message>
    <message>
        <source>The centre did not take these; each says why.</source>
        <translation>中心没有接收这些申请，原因见各件。</translation>
    </message>
    <message>
        <source>Print these papers or give them up (Ctrl P).</source>
        <translation>打印或取消这些文书（Ctrl P）。</translation>
    </message>
    <message>
        <source>No receipt has these numbers. Say what became of them: it stands on the sheet.</source>
        <translation>这些号没有凭证。写明去向，印在日结单上。</translation>
    </message>
    <message>
        <source>These no longer count; the papers were taken back.</source>
        <translation>这些凭证已作废，纸件已收回。</translation>
    </message>
    <message>
        <source>What this machine keeps differs from the receipt: look at each.</source>
        <translation>本机保存的页数与凭证不一致，请逐件查看。</translation>
    </message>
    <message>
        <source>Count the originals that were given back. Where some stay, say why: it stands on the sheet.</source>
        <translation>清点退还的原件；有留存的写明原因，印在日结单上。</translation>
    </message>
    <message>
        <source>1 On site</source>
        <translation>一、下沉现场受理清</translation>
    </message>
    <message>
        <source>Cases begun, with outcome</source>
        <translation>已开件 / 有结果</translation>
    </message>
    <message>
        <source>Refused, withdrawn; on paper</source>
        <translation>不予受理、撤回 / 通知已打印</translation>
    </message>
    <message>
        <source>Received, held or copied</source>
        <translation>收件 / 有副本或已收妥</translation>
    </message>
    <message>
        <source>Receipt numbers, with receipt</source>
        <translation>号段 / 有凭证的号</translation>
    </message>
    <message>
        <source>Numbers given, served or gone</source>
        <translation>已发号 / 已办或离开</translation>
    </message>
    <message>
        <source>These people still wait: serve them, or say what they were told.</source>
        <translation>这些群众还在等候：请办理，或写明如何告知。</translation>
    </message>
    <message>
        <source>! Differs</source>
        <translation>! 不符</translation>
    </message>
</context>
<context>
    <name>ClosingScreen</name>
    <message>
        <source>Walk through the lines</source>
        <translation>逐行查看</translation>
    </message>
    <message>
        <source>Go to what is open in this line</source>
        <translation>去处理这一行的遗留</translation>
    </message>
    <message>
        <source>Tonight&apos;s papers: print what is missing</source>
        <translation>今晚文书：补打未打印的</translation>
    </message>
    <message>
        <source>Close the session</source>
        <translation>收班</translation>
    </message>
    <message>
        <source>Closing sheet</source>
        <translation>场次日结单</translation>
    </message>
    <message>
        <source>What is open in this line</source>
        <translation>这一行的遗留</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Has everything arrived?</source>
        <translation>是否全部送达？</translation>
    </message>
    <message>
        <source>Close session</source>
        <translation>收班</translation>
    </message>
    <message>
        <source>Originals given back</source>
        <translation>退还原件数</translation>
    </message>
    <message>
        <source>Reason, printed on the sheet</source>
        <translation>原因（印在日结单上）</translation>
    </message>
    <message>
        <source>The session was closed</source>
        <translation>已收班</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>正在收班…</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>四清</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应有</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实有</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) do not agree</source>
        <translation>
            <numerusform>%n 行不符</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything agrees</source>
        <translation>全部相符</translation>
    </message>
    <message>
        <source>Open here</source>
        <translation>遗留</translation>
    </message>
    <message>
        <source>The laptops of this session, and what the centre holds of them</source>
        <translation>本场的各台电脑，以及中心存有什么</translation>
    </message>
    <message>
        <source>Leave those who wait to a colleague who goes on</source>
        <translation>把等候的人交给仍在办的同事</translation>
    </message>
    <message>
        <source>Left to {names}, who know</source>
        <translation>交给{names}，已告知</translation>
    </message>
    <message>
        <source>Laptops: {closed} of {n} closed</source>
        <translation>各台电脑：{n} 台中 {closed} 台已关闭</translation>
    </message>
    <message>
        <source>What the centre holds</source>
        <translation>中心存有什么</translation>
    </message>
    <message>
        <source>Left to {name}</source>
        <translation>交给{name}</translation>
    </message>
</context>
<context>
    <name>CollectionForm</name>
    <message>
        <source>This is not the name on the case.</source>
        <translation>与本件申请人姓名不一致。</translation>
    </message>
    <message>
        <source>The owner</source>
        <translation>权利人本人</translation>
    </message>
    <message>
        <source>An agent</source>
        <translation>代理人</translation>
    </message>
    <message>
        <source>Who takes it</source>
        <translation>领取人</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>上门</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>邮寄</translation>
    </message>
    <message>
        <source>How it is handed over</source>
        <translation>发证方式</translation>
    </message>
    <message>
        <source>Certificates, several with a comma</source>
        <translation>证书号码（多本用逗号分开）</translation>
    </message>
    <message>
        <source>Name of the person, as on the document</source>
        <translation>领取人姓名（按证件）</translation>
    </message>
    <message>
        <source>Number on the original receipt that comes back</source>
        <translation>交回的收件凭证编号</translation>
    </message>
    <message>
        <source>Or why the receipt is lost</source>
        <translation>或：凭证遗失的说明</translation>
    </message>
    <message>
        <source>Number of the letter</source>
        <translation>邮件号</translation>
    </message>
    <message>
        <source>Identity document seen</source>
        <translation>已核对身份证件</translation>
    </message>
    <message>
        <source>Mandate and both identity documents seen</source>
        <translation>已核对委托书和双方证件</translation>
    </message>
    <message>
        <source>Signed on the printed record</source>
        <translation>在打印的发证记录上签名</translation>
    </message>
    <message>
        <source>Signature of the person who takes it</source>
        <translation>领取人签名</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>发证</translation>
    </message>
    <message>
        <source>Scan it, or type its number</source>
        <translation>扫描或输入编号</translation>
    </message>
</context>
<context>
    <name>CollectionScreen</name>
    <message>
        <source>Walk through the list</source>
        <translation>在列表中移动</translation>
    </message>
    <message>
        <source>To the hand-over of this certificate</source>
        <translation>办理这一本的发证</translation>
    </message>
    <message>
        <source>The owner was told</source>
        <translation>已通知权利人</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>发证</translation>
    </message>
    <message>
        <source>Print the record</source>
        <translation>打印发证记录</translation>
    </message>
    <message>
        <source>Take a hand-over back, with a second person</source>
        <translation>更正发证（须第二人确认）</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开这一件</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>领证</translation>
    </message>
    <message>
        <source>To hand over</source>
        <translation>待发证</translation>
    </message>
    <message>
        <source>In the owner&apos;s hand</source>
        <translation>小证到手</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>Certificates that the centre has made stand here.</source>
        <translation>中心已制发的证书会列在这里。</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>更正…</translation>
    </message>
    <message>
        <source>Why it is taken back</source>
        <translation>更正原因</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>房屋</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>another window</source>
        <translation>其他窗口</translation>
    </message>
    <message>
        <source>Another window noted a hand-over too. Look which one is right.</source>
        <translation>另一窗口也记录了发证，请核实以哪一次为准。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待通知</translation>
    </message>
    <message>
        <source>owner told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>in hand</source>
        <translation>已到手</translation>
    </message>
    <message>
        <source>taken back, waiting</source>
        <translation>已更正，待发证</translation>
    </message>
    <message>
        <source>Photograph the hand-over</source>
        <translation>拍摄交接照片</translation>
    </message>
    <message numerus="yes">
        <source>Photo, %n kept</source>
        <translation>
            <numerusform>交接照片，已存 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>交接照片</translation>
    </message>
    <message>
        <source>A newer program wrote this hand-over. It is read after an update.</source>
        <translation>此次发证由更新版本的程序记录，更新程序后可查看。</translation>
    </message>
</context>
<context>
    <name>CompoundCard</name>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>开发企业</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>坐落</translation>
    </message>
    <message>
        <source>Arrears apart from certificates</source>
        <translation>证缴分离</translation>
    </message>
    <message>
        <source>What the developer owes does not hold up the households.</source>
        <translation>企业欠缴不影响住户办证。</translation>
    </message>
    <message>
        <source>Project registered</source>
        <translation>大证已办</translation>
    </message>
    <message>
        <source>The first registration is there; households can be taken in.</source>
        <translation>大证已办，可以收住户的件。</translation>
    </message>
    <message>
        <source>Filed together</source>
        <translation>首次与转移一并办理</translation>
    </message>
    <message>
        <source>First registration and transfer are filed together.</source>
        <translation>首次登记和转移登记一并申请。</translation>
    </message>
    <message>
        <source>No first registration</source>
        <translation>大证未办</translation>
    </message>
    <message>
        <source>Households wait for it, but for advance notices, queries and the first registration.</source>
        <translation>住户须等大证；预告登记、资料查询和首次登记除外。</translation>
    </message>
    <message>
        <source>State-owned</source>
        <translation>国有</translation>
    </message>
    <message>
        <source>Collective: outside of what can be registered</source>
        <translation>集体土地：不能登记</translation>
    </message>
    <message>
        <source>On it</source>
        <translation>已纳入</translation>
    </message>
    <message>
        <source>Not on it</source>
        <translation>未纳入</translation>
    </message>
    <message>
        <source>Also called</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>{developer} (gone)</source>
        <translation>{developer}（已灭失）</translation>
    </message>
    <message>
        <source>In its place</source>
        <translation>代办主体</translation>
    </message>
    <message>
        <source>Land</source>
        <translation>土地</translation>
    </message>
    <message>
        <source>Task list</source>
        <translation>任务台账</translation>
    </message>
</context>
<context>
    <name>CompoundFile</name>
    <message>
        <source>Attach a photo or document…</source>
        <translation>附上照片或文件…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>A new version of the plan</source>
        <translation>写新一版方案</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>A person of the task force</source>
        <translation>专班人员</translation>
    </message>
    <message>
        <source>A phone outside the task force</source>
        <translation>专班以外的联系人</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What was decided</source>
        <translation>议定事项</translation>
    </message>
    <message>
        <source>Minutes, as a legal basis</source>
        <translation>会议纪要（办理依据）</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Certificate of the first registration</source>
        <translation>首次登记证书（大证）</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>A document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>开发企业</translation>
    </message>
    <message>
        <source>The list it stands on</source>
        <translation>名单来源</translation>
    </message>
    <message>
        <source>Measures, parted by commas</source>
        <translation>惩戒措施，用逗号分开</translation>
    </message>
    <message>
        <source>Developer on the list of defaulters</source>
        <translation>开发企业列入失信名单</translation>
    </message>
    <message>
        <source>Another name of the compound or its street</source>
        <translation>小区或街巷的其他叫法</translation>
    </message>
    <message>
        <source>Other name</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Street office</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Community</source>
        <translation>社区</translation>
    </message>
    <message>
        <source>Street office and community</source>
        <translation>街道和社区</translation>
    </message>
    <message>
        <source>Categories, parted by commas: C1, C4</source>
        <translation>类别，用逗号分开：C1, C4</translation>
    </message>
    <message>
        <source>Propose other categories to the centre</source>
        <translation>向中心建议更改类别</translation>
    </message>
    <message>
        <source>First registration of the project</source>
        <translation>项目首次登记</translation>
    </message>
    <message>
        <source>Propose another state of the first registration</source>
        <translation>向中心建议首次登记状态</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>撤销失信标记</translation>
    </message>
    <message>
        <source>Take the proposal back</source>
        <translation>撤回建议</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>去掉 {name}</translation>
    </message>
    <message>
        <source>Why it goes</source>
        <translation>去掉的原因</translation>
    </message>
    <message>
        <source>{n} household(s)</source>
        <translation>{n} 户</translation>
    </message>
    <message>
        <source>Households</source>
        <translation>户数</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>街道社区</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>On the list of defaulters</source>
        <translation>列入失信名单</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Project registered</source>
        <translation>已办首次登记</translation>
    </message>
    <message>
        <source>Filed together</source>
        <translation>首次、转移一并申请</translation>
    </message>
    <message>
        <source>No first registration</source>
        <translation>未办首次登记</translation>
    </message>
    <message>
        <source>the file holds the certificate of the first registration ({paper})</source>
        <translation>档案里有首次登记证书（{paper}）</translation>
    </message>
    <message>
        <source>the developer is gone, so both can be filed together</source>
        <translation>开发建设单位已灭失，首次、转移可以一并申请</translation>
    </message>
    <message>
        <source>Proposed, the centre decides: {what} ({by}, {day})</source>
        <translation>已建议，等中心决定：{what}（{by}，{day}）</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>This was typed before and is not kept yet.</source>
        <translation>这是上次输入、尚未保存的内容。</translation>
    </message>
</context>
<context>
    <name>CompoundFileScreen</name>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>No compound yet</source>
        <translation>还没有小区</translation>
    </message>
    <message>
        <source>The centre sends compounds with their building tables.</source>
        <translation>小区和楼盘表由中心下发。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>专班人员</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>会议纪要</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>开发企业</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>建议更改</translation>
    </message>
    <message>
        <source>also {names}</source>
        <translation>又名 {names}</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>街道社区</translation>
    </message>
    <message>
        <source>Propose the state that the file speaks for</source>
        <translation>向中心建议档案所示的首登状态</translation>
    </message>
    <message>
        <source>From entry to entry</source>
        <translation>逐条走</translation>
    </message>
    <message>
        <source>Look at the files of an entry, or correct it</source>
        <translation>查看附件，没有附件的更正</translation>
    </message>
    <message>
        <source>Correct an entry</source>
        <translation>更正一条</translation>
    </message>
    <message>
        <source>Remove an entry, with a reason</source>
        <translation>去掉一条，写明原因</translation>
    </message>
    <message>
        <source>Other phone</source>
        <translation>其他电话</translation>
    </message>
    <message>
        <source>Propose registration</source>
        <translation>建议首登状态</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送打印机</translation>
    </message>
</context>
<context>
    <name>Conflict</name>
    <message>
        <source>entered</source>
        <translation>已填写</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Records of materials</source>
        <translation>材料登记</translation>
    </message>
    <message>
        <source>Answers of the inquiry</source>
        <translation>询问答复</translation>
    </message>
    <message>
        <source>Papers promised</source>
        <translation>容缺材料</translation>
    </message>
    <message>
        <source>Existing certificate</source>
        <translation>原证号</translation>
    </message>
    <message>
        <source>Mortgage</source>
        <translation>抵押</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
</context>
<context>
    <name>ConflictScreen</name>
    <message>
        <source>Put what is here on top of the centre&apos;s, as a draft</source>
        <translation>以中心的版本为基础，加上本窗口的内容（草稿）</translation>
    </message>
    <message>
        <source>Let the centre&apos;s revision count</source>
        <translation>以中心的版本为准</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>以后再定</translation>
    </message>
    <message>
        <source>Take the centre&apos;s as base, mine on top</source>
        <translation>以中心为基础，加上本窗口的</translation>
    </message>
    <message>
        <source>Keep the centre&apos;s</source>
        <translation>以中心的为准</translation>
    </message>
    <message>
        <source>Two revisions of one case</source>
        <translation>一件申请的两个版本</translation>
    </message>
    <message>
        <source>Asking the centre what it has…</source>
        <translation>正在向中心查询…</translation>
    </message>
    <message>
        <source>Two revisions of {number}</source>
        <translation>{number} 的两个版本</translation>
    </message>
    <message>
        <source>The centre has revision {n}, sent by window {device} and {state} there. Both are kept, whatever is decided; what differs stands below.</source>
        <translation>中心有第 {n} 版，由窗口 {device} 报送，状态为{state}。无论怎样决定，两个版本都会保留；不同之处列在下面。</translation>
    </message>
    <message>
        <source>This window, revision {n}</source>
        <translation>本窗口，第 {n} 版</translation>
    </message>
    <message>
        <source>The centre, revision {n}, {time}</source>
        <translation>中心，第 {n} 版，{time}</translation>
    </message>
    <message>
        <source>Nothing but the numbers of the revisions</source>
        <translation>只有版本号不同</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
</context>
<context>
    <name>CopiesScreen</name>
    <message>
        <source>Where the second copy lies</source>
        <translation>第二副本放在哪里</translation>
    </message>
    <message>
        <source>Reading the whole copy…</source>
        <translation>正在通读副本…</translation>
    </message>
    <message>
        <source>When this window is closed and opened again, the database of {at} is in place. The present one is kept aside.</source>
        <translation>关闭窗口再打开，就换成 {at} 的数据库；现在的这份另外保留。</translation>
    </message>
    <message>
        <source>Copy now</source>
        <translation>现在复制</translation>
    </message>
    <message>
        <source>Choose the folder of the copy</source>
        <translation>选副本的文件夹</translation>
    </message>
    <message>
        <source>Verify the copy</source>
        <translation>核验副本</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>现在备份</translation>
    </message>
    <message>
        <source>Stop what is under way</source>
        <translation>停下正在做的</translation>
    </message>
    <message>
        <source>Second copy</source>
        <translation>第二副本</translation>
    </message>
    <message>
        <source>Everything on this machine once more, encrypted, on another drive. Another laptop opens it with your password and goes on. The second lamp of a case turns on when the copy has it.</source>
        <translation>把本机的一切再存一份，加密，放在另一块磁盘上。另一台电脑用你的密码就能打开接着办。副本里有了这一件，它的第二盏灯就亮。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Last made</source>
        <translation>最近一次</translation>
    </message>
    <message>
        <source>Cases not on it yet</source>
        <translation>还不在里面的件</translation>
    </message>
    <message>
        <source>Room left there</source>
        <translation>那里还有空间</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>换文件夹…</translation>
    </message>
    <message>
        <source>No copy any more</source>
        <translation>不再做副本</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>停下了。</translation>
    </message>
    <message numerus="yes">
        <source>Everything opens: the database and %n page file(s).</source>
        <translation>
            <numerusform>全部读得出来：数据库和 %n 个页面文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is not enough room on the disk for a backup.</source>
        <translation>磁盘空间不够做一份备份。</translation>
    </message>
    <message>
        <source>Copying everything for the first time…</source>
        <translation>第一次复制全部内容…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选文件夹…</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>It is not there</source>
        <translation>磁盘不在</translation>
    </message>
    <message>
        <source>This folder is on the same disk as the original: when the disk fails or the laptop is lost, both are gone. Take a folder on a USB drive or another disk.</source>
        <translation>这个文件夹和原件在同一块磁盘上：磁盘坏了或电脑丢了，两份都没了。请选 U 盘或另一块磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>No second copy</source>
        <translation>没有第二副本</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>还没查看</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停下</translation>
    </message>
    <message>
        <source>Stands still</source>
        <translation>停在原处</translation>
    </message>
</context>
<context>
    <name>CopyWords</name>
    <message>
        <source>Up to date, in {folder}</source>
        <translation>已是最新，在 {folder}</translation>
    </message>
    <message>
        <source>None: everything is on this one disk. Devices, Copies.</source>
        <translation>没有：一切只在这一块磁盘上。见 设备 → 副本。</translation>
    </message>
    <message>
        <source>Stopped before it was whole. Devices, Copies.</source>
        <translation>没有做完就停了。见 设备 → 副本。</translation>
    </message>
    <message>
        <source>Being brought up to date…</source>
        <translation>正在更新…</translation>
    </message>
</context>
<context>
    <name>CorrectionsScreen</name>
    <message>
        <source>Walk through the list</source>
        <translation>在列表中移动</translation>
    </message>
    <message>
        <source>Mend this case</source>
        <translation>开始补正</translation>
    </message>
    <message>
        <source>Hold: show name and phone of this case</source>
        <translation>按住：显示这一件的姓名和电话</translation>
    </message>
    <message>
        <source>Reached on the phone; what is written goes with it</source>
        <translation>电话已接通；所写内容一并记录</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Print the list</source>
        <translation>打印电话单</translation>
    </message>
    <message>
        <source>Print the list, masked</source>
        <translation>打印电话单（隐去个人信息）</translation>
    </message>
    <message>
        <source>Calls about corrections</source>
        <translation>补正电话单</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Print masked</source>
        <translation>隐名打印</translation>
    </message>
    <message>
        <source>Nothing to mend</source>
        <translation>没有要补正的</translation>
    </message>
    <message>
        <source>What the centre returns stands here, with whom to call and what to bring.</source>
        <translation>中心退回的申请列在这里，注明联系谁、要带什么。</translation>
    </message>
    <message>
        <source>Hold to show</source>
        <translation>按住显示</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>通话内容</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>What to bring</source>
        <translation>要补的材料</translation>
    </message>
    <message>
        <source>Last call</source>
        <translation>上次联系</translation>
    </message>
    <message>
        <source>being mended</source>
        <translation>补正中</translation>
    </message>
    <message>
        <source>no day set</source>
        <translation>未定期限</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>收件编号 {number}</translation>
    </message>
    <message>
        <source>Go on mending</source>
        <translation>继续补正</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>CropEditor</name>
    <message>
        <source>Page corners on the original photograph</source>
        <translation>原图上的页面四角</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Registration window</source>
        <translation>便民登记窗口</translation>
    </message>
</context>
<context>
    <name>DevicesScreen</name>
    <message>
        <source>Language and look</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>A4 receipts</source>
        <translation>A4 凭证</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Next control</source>
        <translation>下一个控件</translation>
    </message>
    <message>
        <source>Change a choice</source>
        <translation>切换选项</translation>
    </message>
    <message>
        <source>Data that the rules come from</source>
        <translation>规则所依据的数据</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>Not yet verified</source>
        <translation>尚未核对</translation>
    </message>
    <message>
        <source>In force from {day}</source>
        <translation>{day} 起施行</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>The system&apos;s default</source>
        <translation>系统默认打印机</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name}（未连接）</translation>
    </message>
    <message>
        <source>Registration types and checklists</source>
        <translation>登记事项与收件清单</translation>
    </message>
    <message>
        <source>Roll receipts</source>
        <translation>小票凭证</translation>
    </message>
    <message>
        <source>Rules, sources, licences</source>
        <translation>规则、来源、许可</translation>
    </message>
</context>
<context>
    <name>Discard</name>
    <message>
        <source>Discard this draft?</source>
        <translation>作废这件草稿？</translation>
    </message>
    <message>
        <source>It leaves the list of drafts. Its entries and pages stay on this disk, frozen and readable.</source>
        <translation>它不再列入草稿；内容和页面留在本机，冻结可查。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>作废</translation>
    </message>
</context>
<context>
    <name>DuplicateNotice</name>
    <message>
        <source>This household has an open case already</source>
        <translation>这一户已有在办的件</translation>
    </message>
    <message>
        <source>This person has an open case already</source>
        <translation>这个人已有在办的件</translation>
    </message>
    <message>
        <source>taken in at window {code}</source>
        <translation>窗口 {code} 收件</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>看一看</translation>
    </message>
</context>
<context>
    <name>EndPart</name>
    <message>
        <source>End the part of {code}?</source>
        <translation>结束 {code} 的部分？</translation>
    </message>
    <message>
        <source>Only where that laptop cannot close it. Who waits there is left to those who go on. Should it work again, its own closing sheet counts.</source>
        <translation>仅在那台电脑无法自己关闭时使用。在那里等候的人交给仍在办的同事。它若又能用，以它自己的日结单为准。</translation>
    </message>
    <message>
        <source>The laptop is broken</source>
        <translation>电脑坏了</translation>
    </message>
    <message>
        <source>The laptop was lost</source>
        <translation>电脑遗失</translation>
    </message>
    <message>
        <source>It was taken away without being closed</source>
        <translation>未关闭就被带走</translation>
    </message>
    <message>
        <source>End this part</source>
        <translation>结束这一部分</translation>
    </message>
</context>
<context>
    <name>EnteredView</name>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>All of this is right</source>
        <translation>确认无误</translation>
    </message>
    <message>
        <source>Please check what is entered</source>
        <translation>请核对填写的内容</translation>
    </message>
    <message>
        <source>Hold to see it whole</source>
        <translation>按住看全部</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
</context>
<context>
    <name>EntryWords</name>
    <message>
        <source>Buyer</source>
        <translation>买受人</translation>
    </message>
    <message>
        <source>Payer</source>
        <translation>付款方</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>持证人</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>权利人</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Spouse</source>
        <translation>配偶</translation>
    </message>
    <message>
        <source>Another buyer</source>
        <translation>共同买受人</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书号</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>坐落</translation>
    </message>
    <message>
        <source>Unit code</source>
        <translation>单元号</translation>
    </message>
    <message>
        <source>Floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Payee</source>
        <translation>收款方</translation>
    </message>
    <message>
        <source>The identity card</source>
        <translation>身份证</translation>
    </message>
    <message>
        <source>The contract</source>
        <translation>合同</translation>
    </message>
    <message>
        <source>The invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>The marriage certificate</source>
        <translation>结婚证</translation>
    </message>
    <message>
        <source>The certificate</source>
        <translation>不动产权证</translation>
    </message>
    <message>
        <source>The household register</source>
        <translation>户口簿</translation>
    </message>
    <message>
        <source>The paper</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>The number on the paper fails its check digit</source>
        <translation>材料上的号码校验不通过</translation>
    </message>
    <message>
        <source>The number contradicts the rest of the paper</source>
        <translation>号码与材料上的其他内容矛盾</translation>
    </message>
</context>
<context>
    <name>FastTrackSection</name>
    <message>
        <source>Opened by {name}, {at}; it is printed and audited.</source>
        <translation>由 {name} 于 {at} 开通；会打印并留痕。</translation>
    </message>
    <message>
        <source>Fast track</source>
        <translation>绿色通道与无过错认定</translation>
    </message>
    <message>
        <source>Why it is urgent</source>
        <translation>紧急事由</translation>
    </message>
    <message>
        <source>Determination that the buyer bears no fault</source>
        <translation>无过错认定</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>认定单位</translation>
    </message>
    <message>
        <source>Task force or leading group</source>
        <translation>专班或者领导小组</translation>
    </message>
    <message>
        <source>Decided on</source>
        <translation>认定日期</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>依据文件</translation>
    </message>
    <message>
        <source>Its title and number</source>
        <translation>文件名称和文号</translation>
    </message>
    <message>
        <source>Green channel</source>
        <translation>绿色通道（等不得）</translation>
    </message>
</context>
<context>
    <name>FeesPage</name>
    <message>
        <source>{amount} yuan</source>
        <translation>{amount} 元</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Go on: review</source>
        <translation>继续：核对</translation>
    </message>
    <message>
        <source>What the property is used for</source>
        <translation>不动产的用途</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The property is used as</source>
        <translation>不动产用途</translation>
    </message>
    <message>
        <source>Who pays</source>
        <translation>由谁缴纳</translation>
    </message>
    <message>
        <source>Housing</source>
        <translation>住宅</translation>
    </message>
    <message>
        <source>Other than housing</source>
        <translation>非住宅</translation>
    </message>
    <message>
        <source>Garage or parking space</source>
        <translation>车库、车位</translation>
    </message>
    <message>
        <source>By the table of fees; a reduction is decided where the fee is paid.</source>
        <translation>按收费标准计算；减免在缴费处核定。</translation>
    </message>
    <message>
        <source>This registration is free of charge.</source>
        <translation>这项登记不收费。</translation>
    </message>
    <message>
        <source>the obligor</source>
        <translation>义务人</translation>
    </message>
    <message>
        <source>the right holder</source>
        <translation>权利人</translation>
    </message>
    <message>
        <source>Owed by {who}, paid to the registration body before the certificate is handed out. No money is taken at this window.</source>
        <translation>由{who}缴纳，领证前交给登记机构。本窗口不收现金。</translation>
    </message>
    <message>
        <source>Nothing is owed for the registration itself.</source>
        <translation>登记本身不用缴费。</translation>
    </message>
    <message>
        <source>The developer&apos;s arrears are kept apart: they never hold up this household.</source>
        <translation>开发单位的欠费实行证缴分离，不影响这一户办证。</translation>
    </message>
</context>
<context>
    <name>FileCard</name>
    <message>
        <source>One compound, one plan</source>
        <translation>一小区一方案</translation>
    </message>
    <message>
        <source>Open its file</source>
        <translation>打开小区档案</translation>
    </message>
    <message numerus="yes">
        <source>Task force: %n person(s)</source>
        <translation>
            <numerusform>专班：%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>last met {day}</source>
        <translation>上次例会 {day}</translation>
    </message>
    <message>
        <source>Developer on the list of defaulters</source>
        <translation>开发企业列入失信名单</translation>
    </message>
    <message>
        <source>Held up by</source>
        <translation>受阻于</translation>
    </message>
    <message>
        <source>Whole compound: {what}</source>
        <translation>全小区：{what}</translation>
    </message>
</context>
<context>
    <name>FileCards</name>
    <message>
        <source>Look at the files of {name}</source>
        <translation>查看 {name} 的附件</translation>
    </message>
    <message>
        <source>Correct {name}</source>
        <translation>更正 {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>去掉 {name}</translation>
    </message>
    <message>
        <source>Plan, version {n}</source>
        <translation>方案，第 {n} 版</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>version {n} of the plan</source>
        <translation>方案第 {n} 版</translation>
    </message>
    <message>
        <source>No plan yet. P writes the first version.</source>
        <translation>还没有方案。按 P 写第一版。</translation>
    </message>
    <message>
        <source>Task force and phones</source>
        <translation>专班和电话</translation>
    </message>
    <message>
        <source>Nobody is named yet. T adds a person.</source>
        <translation>还没有人。按 T 添加。</translation>
    </message>
    <message>
        <source>Developer and project</source>
        <translation>开发企业和项目</translation>
    </message>
    <message>
        <source>On the list of defaulters</source>
        <translation>列入失信名单</translation>
    </message>
    <message>
        <source>the mark as a defaulter</source>
        <translation>失信标记</translation>
    </message>
    <message>
        <source>First registration: {state}</source>
        <translation>首次登记：{state}</translation>
    </message>
    <message>
        <source>Categories: {what}</source>
        <translation>类别：{what}</translation>
    </message>
    <message>
        <source>the proposal</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>also {names}</source>
        <translation>又名 {names}</translation>
    </message>
    <message>
        <source>What is known here speaks for “{state}”: {why}.</source>
        <translation>按本窗口所知，应为“{state}”：{why}。</translation>
    </message>
    <message>
        <source>Propose it to the centre</source>
        <translation>向中心建议</translation>
    </message>
    <message>
        <source>Minutes and documents</source>
        <translation>会议纪要和文件</translation>
    </message>
    <message>
        <source>Nothing yet. U adds minutes, D another document.</source>
        <translation>还没有。按 U 添加会议纪要，按 D 添加其他文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) attached</source>
        <translation>
            <numerusform>附件 %n 份</numerusform>
        </translation>
    </message>
    <message>
        <source>History</source>
        <translation>经过</translation>
    </message>
</context>
<context>
    <name>FileProblem</name>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>FilesDialog</name>
    <message>
        <source>Pictures and PDF</source>
        <translation>图片和 PDF</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>FilesSheet</name>
    <message numerus="yes">
        <source>%n photo(s) taken</source>
        <translation>
            <numerusform>已拍 %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingPanel</name>
    <message>
        <source>How it is filed</source>
        <translation>申请方式</translation>
    </message>
    <message>
        <source>One side alone needs one of the reasons of the regulation, art. 14</source>
        <translation>单方申请须符合《暂行条例》第十四条所列情形</translation>
    </message>
    <message>
        <source>Kind of co-ownership</source>
        <translation>共有方式</translation>
    </message>
    <message>
        <source>All co-owners file together</source>
        <translation>共有人应共同申请</translation>
    </message>
    <message>
        <source>A certificate for each of them</source>
        <translation>分别持证</translation>
    </message>
    <message>
        <source>Equal shares</source>
        <translation>平均分</translation>
    </message>
    <message>
        <source>Add an obligor</source>
        <translation>添加义务人</translation>
    </message>
    <message>
        <source>Share: 1/2, 50% or 0.5</source>
        <translation>份额：1/2、50% 或 0.5</translation>
    </message>
    <message>
        <source>{sum}, missing {share}</source>
        <translation>{sum}，还差 {share}</translation>
    </message>
    <message>
        <source>{sum}, {share} too much</source>
        <translation>{sum}，多出 {share}</translation>
    </message>
    <message>
        <source>{sum}, nothing is left for the others</source>
        <translation>{sum}，其他人已无份额</translation>
    </message>
</context>
<context>
    <name>FirstRunScreen</name>
    <message>
        <source>Creating the vault…</source>
        <translation>正在建立保险库…</translation>
    </message>
    <message>
        <source>Set up this machine</source>
        <translation>初次设置本机</translation>
    </message>
    <message>
        <source>Once, by the operator who works here. It takes a minute.</source>
        <translation>由在这里收件的人设置一次，约一分钟。</translation>
    </message>
    <message>
        <source>Keep this recovery key</source>
        <translation>收好恢复密钥</translation>
    </message>
    <message>
        <source>Whoever has it can open this machine when the password is forgotten. It is shown only now: print it and lock it away, not beside the machine.</source>
        <translation>忘记密码时，凭它能打开本机的数据。它只显示这一次：打印出来锁好，不要和电脑放在一起。</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>What you type to unlock</source>
        <translation>解锁时输入</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Printed on receipts</source>
        <translation>印在收件凭证上</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再输一次密码</translation>
    </message>
    <message>
        <source>Address of the centre</source>
        <translation>中心地址</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>登记码</translation>
    </message>
    <message>
        <source>From the administrator, good for one machine</source>
        <translation>由管理员发给，一机一码</translation>
    </message>
    <message>
        <source>May be left empty and set later</source>
        <translation>可以留空，以后再填</translation>
    </message>
    <message>
        <source>Create and go on</source>
        <translation>建立并继续</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>I have put the recovery key away</source>
        <translation>我已把恢复密钥收好</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入内容</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>At least 8 characters</source>
        <translation>至少 8 个字符</translation>
    </message>
    <message>
        <source>Too short</source>
        <translation>太短</translation>
    </message>
    <message>
        <source>Easy to guess</source>
        <translation>容易被猜到</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>尚可</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印…</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>已送往打印机。</translation>
    </message>
    <message>
        <source>Saved. Keep the file away from this machine.</source>
        <translation>已保存。文件不要留在本机。</translation>
    </message>
    <message>
        <source>Not printed or saved yet.</source>
        <translation>还没有打印或保存。</translation>
    </message>
    <message>
        <source>Open from a second copy…</source>
        <translation>从第二副本打开…</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>The registration window that comes to the household</source>
        <translation>开到家门口的不动产登记窗口</translation>
    </message>
    <message>
        <source>Takes cases with no network; they go to the centre by themselves later.</source>
        <translation>没有网络也能收件，联网后自动送达中心。</translation>
    </message>
    <message>
        <source>Everything on this machine is encrypted; only your password opens it.</source>
        <translation>本机数据全部加密，只有密码能打开。</translation>
    </message>
    <message>
        <source>Each case shows whether the centre holds it, with its signature.</source>
        <translation>每一件都看得见：中心是否已签收。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>Errors</source>
        <translation>错误清单</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>交房即交证清单</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎样改</translation>
    </message>
</context>
<context>
    <name>HandoverCard</name>
    <message>
        <source>Choose the developer&apos;s sheet</source>
        <translation>选择开发企业的交房清单</translation>
    </message>
    <message>
        <source>An xlsx or csv file, chosen or dropped here. It is checked as a whole: nothing is taken in before every line is in order.</source>
        <translation>xlsx 或 csv 文件，可以选择，也可以拖到这里。整表检查，全部行都无误才会导入。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>另选文件</translation>
    </message>
    <message>
        <source>Save the errors…</source>
        <translation>保存错误清单…</translation>
    </message>
    <message>
        <source>Certificates at the handing over of keys</source>
        <translation>交房即交证</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>房屋</translation>
    </message>
    <message>
        <source>Buyers</source>
        <translation>购房人</translation>
    </message>
    <message>
        <source>Co-ownership</source>
        <translation>共有方式</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合同编号</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) made</source>
        <translation>
            <numerusform>已生成 %n 份草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>To the queue</source>
        <translation>到队列</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), nothing taken in</source>
        <translation>
            <numerusform>%n 处错误，没有导入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n household(s), no error</source>
        <translation>
            <numerusform>%n 户，没有错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n draft(s)</source>
        <translation>
            <numerusform>生成 %n 份草稿</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverScreen</name>
    <message>
        <source>Choose a file; make the drafts</source>
        <translation>选择文件；生成草稿</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>另选文件</translation>
    </message>
    <message>
        <source>Read the same file again</source>
        <translation>重新读取同一文件</translation>
    </message>
    <message>
        <source>Save the errors for the developer</source>
        <translation>保存错误清单，发给开发企业</translation>
    </message>
    <message>
        <source>Save a template for the developer</source>
        <translation>保存模板，发给开发企业</translation>
    </message>
    <message>
        <source>Take the batch before back</source>
        <translation>撤回上一批</translation>
    </message>
    <message>
        <source>The developer&apos;s sheet</source>
        <translation>开发企业的清单</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message numerus="yes">
        <source>Making %n draft(s)…</source>
        <translation>
            <numerusform>正在生成 %n 份草稿…</numerusform>
        </translation>
    </message>
    <message>
        <source>Take this batch back?</source>
        <translation>撤回这一批？</translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) that nobody has touched are withdrawn.</source>
        <translation>
            <numerusform>没有人动过的 %n 份草稿将被撤回。</numerusform>
        </translation>
    </message>
    <message>
        <source>What was worked on stays as it is.</source>
        <translation>已经办理过的保持不变。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>The batch was taken back</source>
        <translation>批量撤回</translation>
    </message>
    <message numerus="yes">
        <source>Taking %n draft(s) back…</source>
        <translation>
            <numerusform>正在撤回 %n 份草稿…</numerusform>
        </translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>交房即交证清单</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误清单</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
</context>
<context>
    <name>HandoverSide</name>
    <message>
        <source>What the sheet holds</source>
        <translation>清单的内容</translation>
    </message>
    <message>
        <source>One line for each buyer; co-buyers of a household stand on lines with the same room.</source>
        <translation>每名购房人一行；同一户的共有人各占一行，房号相同。</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Where it is known</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Save a template…</source>
        <translation>保存模板…</translation>
    </message>
    <message>
        <source>The batch before</source>
        <translation>上一批</translation>
    </message>
    <message>
        <source>Take it back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{n} drafts, taken in {when} by {name}</source>
        <translation>{n} 份草稿，{name} 于 {when} 导入</translation>
    </message>
    <message>
        <source>{n} of them nobody has touched yet</source>
        <translation>其中 {n} 份还没有人动过</translation>
    </message>
    <message>
        <source>Nothing of it can be taken back any more</source>
        <translation>已没有可以撤回的</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Started</source>
        <translation>开始受理</translation>
    </message>
    <message>
        <source>Submitted, receipt issued</source>
        <translation>已提交，出具收件凭证</translation>
    </message>
    <message>
        <source>Draft discarded</source>
        <translation>草稿作废</translation>
    </message>
    <message>
        <source>Receipt printed, copy {copy}</source>
        <translation>打印收件凭证，第 {copy} 份</translation>
    </message>
    <message>
        <source>Page captured</source>
        <translation>采集一页</translation>
    </message>
    <message>
        <source>Page squared anew</source>
        <translation>重新裁正</translation>
    </message>
    <message>
        <source>Page moved</source>
        <translation>移动页面</translation>
    </message>
    <message>
        <source>Page removed</source>
        <translation>删除页面</translation>
    </message>
    <message>
        <source>Name and numbers looked at</source>
        <translation>查看姓名和号码</translation>
    </message>
    <message>
        <source>Not taken by the centre</source>
        <translation>中心未接收</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Held by the centre, {pages} files verified</source>
        <translation>中心已签收，核对 {pages} 个文件</translation>
    </message>
    <message>
        <source>Received by the centre</source>
        <translation>中心已收到</translation>
    </message>
    <message>
        <source>Accepted, number {acceptance_number}</source>
        <translation>已受理，编号 {acceptance_number}</translation>
    </message>
    <message>
        <source>Returned for correction</source>
        <translation>退回补正</translation>
    </message>
    <message>
        <source>Refused by the centre</source>
        <translation>中心不予接入</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>已登簿</translation>
    </message>
    <message>
        <source>Certificate issued</source>
        <translation>已发证</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Receipt declared void: {reason}</source>
        <translation>收件凭证作废：{reason}</translation>
    </message>
    <message>
        <source>Paper printed: {title}</source>
        <translation>已打印：{title}</translation>
    </message>
    <message>
        <source>Paper reprinted, copy {copy}: {title}</source>
        <translation>补打第 {copy} 份：{title}</translation>
    </message>
    <message>
        <source>Not printed: {title}</source>
        <translation>没有打出：{title}</translation>
    </message>
    <message>
        <source>Printing cancelled: {title}</source>
        <translation>取消打印：{title}</translation>
    </message>
    <message>
        <source>Not printed and given up: {title}</source>
        <translation>放弃打印：{title}</translation>
    </message>
    <message>
        <source>Reprinted, copy {copy}: {reason}</source>
        <translation>补打第 {copy} 份：{reason}</translation>
    </message>
    <message>
        <source>Watermark put on a page</source>
        <translation>给一页加了水印</translation>
    </message>
    <message>
        <source>Watermark taken off a page</source>
        <translation>去掉了一页的水印</translation>
    </message>
    <message>
        <source>Page kept in spite of: {faults}</source>
        <translation>仍保留此页：{faults}</translation>
    </message>
    <message>
        <source>Page taken again, the former one kept</source>
        <translation>重拍了一页，原来的页已留存</translation>
    </message>
    <message>
        <source>Page split in two</source>
        <translation>一页拆成两页</translation>
    </message>
    <message>
        <source>Two pages joined on one sheet</source>
        <translation>两页合成一张</translation>
    </message>
    <message>
        <source>Both sides of the card put on one sheet</source>
        <translation>身份证两面合到一张 A4</translation>
    </message>
    <message>
        <source>Former pages brought back</source>
        <translation>恢复了原来的页</translation>
    </message>
    <message>
        <source>Draft brought into this session</source>
        <translation>草稿转入本场次</translation>
    </message>
    <message>
        <source>Not accepted, notice queued: {reason}</source>
        <translation>不予受理，告知书待打印：{reason}</translation>
    </message>
    <message>
        <source>Applicant withdrew: {reason}</source>
        <translation>申请人撤回：{reason}</translation>
    </message>
    <message>
        <source>Draft goes on in the newest rules</source>
        <translation>草稿改用新规则</translation>
    </message>
    <message>
        <source>The centre reports on checks and tracks</source>
        <translation>中心反馈核验和事项进度</translation>
    </message>
    <message>
        <source>Read by machine, decided by hand</source>
        <translation>机器识别，人工确认</translation>
    </message>
    <message>
        <source>Opened for correction, revision {revision}</source>
        <translation>打开补正，第 {revision} 版</translation>
    </message>
    <message>
        <source>Correction given up, back to revision {back_to}</source>
        <translation>放弃补正，回到第 {back_to} 版</translation>
    </message>
    <message>
        <source>Two revisions compared, decided which one counts</source>
        <translation>比较两个版本并作出选择</translation>
    </message>
    <message>
        <source>Called about the case, or a note made</source>
        <translation>已电话联系或作了备注</translation>
    </message>
    <message>
        <source>Offered again: the centre was restored</source>
        <translation>中心恢复后再次报送</translation>
    </message>
    <message>
        <source>Privacy notice {version} given</source>
        <translation>已告知隐私事项（{version}）</translation>
    </message>
    <message>
        <source>{what} · confirmed by {second_name}</source>
        <translation>{what} · 确认人 {second_name}</translation>
    </message>
    <message>
        <source>{what} · alone: {alone}</source>
        <translation>{what} · 单人办理：{alone}</translation>
    </message>
    <message>
        <source>Confirmed by the applicant on the screen</source>
        <translation>申请人在屏幕上确认无误</translation>
    </message>
    <message>
        <source>A resident rated the service</source>
        <translation>群众作了评价</translation>
    </message>
    <message>
        <source>Home visit booked</source>
        <translation>登记了上门预约</translation>
    </message>
    <message>
        <source>Home visit changed</source>
        <translation>修改了上门预约</translation>
    </message>
    <message>
        <source>Home visit put into another place of the day</source>
        <translation>调整了当天上门顺序</translation>
    </message>
    <message>
        <source>Home visit put to another day</source>
        <translation>上门改期</translation>
    </message>
    <message>
        <source>Home visit begun with two persons</source>
        <translation>两人开始上门</translation>
    </message>
    <message>
        <source>Consent given at the home visit</source>
        <translation>上门时已取得同意</translation>
    </message>
    <message>
        <source>Home visit photographed</source>
        <translation>上门见证拍照</translation>
    </message>
    <message>
        <source>Home visit ended</source>
        <translation>上门结束</translation>
    </message>
    <message>
        <source>Home visit refused, with words</source>
        <translation>谢绝上门并说明理由</translation>
    </message>
    <message>
        <source>Home visit given up by the applicant</source>
        <translation>申请人取消上门</translation>
    </message>
    <message>
        <source>Promise of a home visit kept</source>
        <translation>上门承诺事项已办</translation>
    </message>
    <message>
        <source>A door of the survey</source>
        <translation>入户摸排一次</translation>
    </message>
    <message>
        <source>Survey planned</source>
        <translation>已安排摸排</translation>
    </message>
    <message>
        <source>Plan of the compound written</source>
        <translation>写了小区方案</translation>
    </message>
    <message>
        <source>Street and community of the compound</source>
        <translation>记了小区所属街道社区</translation>
    </message>
    <message>
        <source>Contact of the compound kept</source>
        <translation>记了小区联系人</translation>
    </message>
    <message>
        <source>Contact of the compound taken out</source>
        <translation>删了小区联系人</translation>
    </message>
    <message>
        <source>Paper put into the compound&apos;s file</source>
        <translation>小区档案放入文件</translation>
    </message>
    <message>
        <source>Paper taken out of the compound&apos;s file</source>
        <translation>小区档案取出文件</translation>
    </message>
    <message>
        <source>Developer marked as a defaulter</source>
        <translation>开发企业标为失信</translation>
    </message>
    <message>
        <source>Developer&apos;s mark taken away</source>
        <translation>撤销开发企业失信标记</translation>
    </message>
    <message>
        <source>Other name of the compound added</source>
        <translation>加了小区别名</translation>
    </message>
    <message>
        <source>Other name of the compound taken out</source>
        <translation>删了小区别名</translation>
    </message>
    <message>
        <source>Change proposed to the centre</source>
        <translation>向中心提出更改</translation>
    </message>
    <message>
        <source>Proposal taken back</source>
        <translation>撤回更改建议</translation>
    </message>
    <message>
        <source>Told that the certificate is ready</source>
        <translation>已通知领证</translation>
    </message>
    <message>
        <source>Certificate handed out</source>
        <translation>证书已发出</translation>
    </message>
    <message>
        <source>Hand-over taken back</source>
        <translation>发证记录已更正</translation>
    </message>
    <message>
        <source>Queue number given</source>
        <translation>已发排队号</translation>
    </message>
    <message>
        <source>Number called</source>
        <translation>已叫号</translation>
    </message>
    <message>
        <source>Number passed over</source>
        <translation>过号</translation>
    </message>
    <message>
        <source>Number waits again</source>
        <translation>重新排队</translation>
    </message>
    <message>
        <source>Number served</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Gone without being served</source>
        <translation>未办离开</translation>
    </message>
    <message>
        <source>Number taken back</source>
        <translation>号已作废</translation>
    </message>
    <message>
        <source>Appointment made</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>Obstacle written down</source>
        <translation>登记障碍</translation>
    </message>
    <message>
        <source>Several obstacles written down</source>
        <translation>批量登记障碍</translation>
    </message>
    <message>
        <source>Obstacle given to a department</source>
        <translation>交办责任部门</translation>
    </message>
    <message>
        <source>Day set for an obstacle</source>
        <translation>定下期限</translation>
    </message>
    <message>
        <source>Note on an obstacle</source>
        <translation>记一笔</translation>
    </message>
    <message>
        <source>Obstacle cleared on evidence</source>
        <translation>凭据销号</translation>
    </message>
    <message>
        <source>Obstacle reopened</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>List of obstacles written into a file</source>
        <translation>障碍台账导出为文件</translation>
    </message>
    <message>
        <source>Intake of a number begun</source>
        <translation>叫到的号开始受理</translation>
    </message>
    <message>
        <source>Several obstacles taken back</source>
        <translation>撤回成批障碍</translation>
    </message>
    <message>
        <source>Ledger&apos;s sheet taken in</source>
        <translation>导入台账表</translation>
    </message>
    <message>
        <source>Ledger&apos;s sheet taken back</source>
        <translation>撤回台账表</translation>
    </message>
    <message>
        <source>Followed up with a department</source>
        <translation>向部门跟进</translation>
    </message>
    <message>
        <source>Matter taken one level up</source>
        <translation>事项升级</translation>
    </message>
    <message>
        <source>Matter settled</source>
        <translation>事项办结</translation>
    </message>
    <message>
        <source>Sample of homes drawn</source>
        <translation>抽取查访户</translation>
    </message>
    <message>
        <source>Home of a sample looked at</source>
        <translation>查访了一户</translation>
    </message>
    <message>
        <source>Track of a department set</source>
        <translation>并联事项已交部门</translation>
    </message>
    <message>
        <source>Track done on evidence</source>
        <translation>并联事项凭依据办结</translation>
    </message>
    <message>
        <source>Track taken up again</source>
        <translation>并联事项恢复办理</translation>
    </message>
    <message>
        <source>Track dropped</source>
        <translation>并联事项撤销</translation>
    </message>
    <message>
        <source>Unkept answers thrown away</source>
        <translation>丢弃未保存的入户摸排内容</translation>
    </message>
    <message>
        <source>Session planned</source>
        <translation>场次已排入计划</translation>
    </message>
    <message>
        <source>Planned session changed</source>
        <translation>场次计划已修改</translation>
    </message>
    <message>
        <source>Planned session called off</source>
        <translation>场次计划已取消</translation>
    </message>
    <message>
        <source>Planned session opened</source>
        <translation>按计划开场</translation>
    </message>
    <message>
        <source>Part of a dead laptop ended</source>
        <translation>代为结束一台电脑的部分</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>History</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
</context>
<context>
    <name>HouseholdCard</name>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Unit code</source>
        <translation>不动产单元号</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>坐落</translation>
    </message>
    <message>
        <source>This case</source>
        <translation>本件</translation>
    </message>
    <message>
        <source>{area} m²</source>
        <translation>{area} m²</translation>
    </message>
    <message>
        <source>not surveyed yet</source>
        <translation>尚未测绘</translation>
    </message>
    <message>
        <source>Its layers</source>
        <translation>代码构成</translation>
    </message>
    <message>
        <source>Also called</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Collective land</source>
        <translation>集体土地</translation>
    </message>
    <message>
        <source>Temporary code</source>
        <translation>临时代码</translation>
    </message>
    <message>
        <source>county {code}</source>
        <translation>区县 {code}</translation>
    </message>
    <message>
        <source>cadastral {code}</source>
        <translation>地籍区 {code}</translation>
    </message>
    <message>
        <source>parcel {code}</source>
        <translation>宗地 {code}</translation>
    </message>
    <message>
        <source>building {code}</source>
        <translation>幢 {code}</translation>
    </message>
    <message>
        <source>unit {code}</source>
        <translation>户 {code}</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>Held up by</source>
        <translation>受阻于</translation>
    </message>
</context>
<context>
    <name>HouseholdPicker</name>
    <message>
        <source>House number: 1201, or 3-2-1201</source>
        <translation>房号：1201 或 3-2-1201</translation>
    </message>
    <message>
        <source>No building table yet</source>
        <translation>还没有楼盘表</translation>
    </message>
    <message>
        <source>The centre sends it with the compound. Connect once; it comes by itself.</source>
        <translation>中心随小区一起送来，联网后自动到达。</translation>
    </message>
    <message>
        <source>No such household in this compound</source>
        <translation>本小区没有这一户</translation>
    </message>
    <message numerus="yes">
        <source>%n household(s)</source>
        <translation>
            <numerusform>%n 户</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HubScreen</name>
    <message>
        <source>Another page</source>
        <translation>换一页</translation>
    </message>
    <message>
        <source>Pages of this place</source>
        <translation>本处的各页</translation>
    </message>
</context>
<context>
    <name>InlineProblem</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>InquiryPage</name>
    <message>
        <source>Inquiry</source>
        <translation>询问记录</translation>
    </message>
    <message>
        <source>Go on: signatures</source>
        <translation>继续：签名</translation>
    </message>
    <message>
        <source>Answer yes or no, and go to the next question</source>
        <translation>回答是或否，并到下一问</translation>
    </message>
    <message>
        <source>Choose an answer by its number</source>
        <translation>按序号选择回答</translation>
    </message>
    <message>
        <source>Former and next question</source>
        <translation>上一问、下一问</translation>
    </message>
    <message>
        <source>A note to the answer</source>
        <translation>给回答加备注</translation>
    </message>
    <message>
        <source>The rest as usual</source>
        <translation>其余按通常情形</translation>
    </message>
    <message>
        <source>Take the answer back</source>
        <translation>撤回回答</translation>
    </message>
    <message>
        <source>Go to what is open, and then on</source>
        <translation>先到未答的，再继续</translation>
    </message>
    <message>
        <source>Ask, and press the answer</source>
        <translation>当面询问，按键作答</translation>
    </message>
    <message>
        <source>Y is yes, N is no, a number chooses. B adds a note. What is put to the person every time is never answered as usual.</source>
        <translation>Y 是，N 否，数字选择，B 加备注。每次都必须当面问的，不会按通常情形代答。</translation>
    </message>
    <message>
        <source>Papers that the answers ask for</source>
        <translation>因回答而需要的材料</translation>
    </message>
    <message>
        <source>Right holder</source>
        <translation>权利人</translation>
    </message>
    <message>
        <source>Obligor</source>
        <translation>义务人</translation>
    </message>
    <message>
        <source>{done} of {all} answered</source>
        <translation>已答 {done} / {all}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>可以不填</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>still missing</source>
        <translation>还缺</translation>
    </message>
</context>
<context>
    <name>IntakeScreen</name>
    <message>
        <source>Go to a step</source>
        <translation>转到某一步</translation>
    </message>
    <message>
        <source>Former and next step</source>
        <translation>上一步、下一步</translation>
    </message>
    <message>
        <source>Put this case aside and take the next</source>
        <translation>搁置本件，先办下一位</translation>
    </message>
    <message>
        <source>Submitting…</source>
        <translation>正在提交…</translation>
    </message>
    <message>
        <source>No intake under way</source>
        <translation>没有正在办理的件</translation>
    </message>
    <message>
        <source>Start one here, or choose a household in the building table.</source>
        <translation>从这里开始，或在楼盘表里选一户。</translation>
    </message>
    <message>
        <source>New intake</source>
        <translation>新受理</translation>
    </message>
    <message>
        <source>Next row that the centre wants mended</source>
        <translation>下一个要补正的项目</translation>
    </message>
</context>
<context>
    <name>IssueListsSheet</name>
    <message numerus="yes">
        <source>%n list(s) saved</source>
        <translation>
            <numerusform>已保存 %n 份清单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n list(s)</source>
        <translation>
            <numerusform>%n 份清单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemPanel</name>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开案件</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>登记信息</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未送达</translation>
    </message>
    <message>
        <source>Pages there</source>
        <translation>已到页数</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次尝试</translation>
    </message>
    <message>
        <source>The centre could not be asked now.</source>
        <translation>现在问不到中心。</translation>
    </message>
    <message>
        <source>The centre says: all of it is here.</source>
        <translation>中心回答：全部已到。</translation>
    </message>
    <message>
        <source>The centre says: nothing of it is here yet.</source>
        <translation>中心回答：这件还没有到。</translation>
    </message>
    <message numerus="yes">
        <source>The centre says: the facts are here, %n page(s) not.</source>
        <translation>
            <numerusform>中心回答：信息已到，还缺 %n 页。</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} of them have arrived.</source>
        <translation>其中已到 {size}。</translation>
    </message>
    <message>
        <source>Ask the centre</source>
        <translation>问中心</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <source>The places of the rail, from the top</source>
        <translation>左侧各页，自上而下</translation>
    </message>
    <message>
        <source>New intake</source>
        <translation>新受理</translation>
    </message>
    <message>
        <source>Search on this screen</source>
        <translation>在本页搜索</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Lock; the work stays as it is</source>
        <translation>锁屏，手头的工作保持原样</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The case of the receipt under the camera</source>
        <translation>打开摄像头下收件凭证的件</translation>
    </message>
    <message>
        <source>About this program: rules, sources, licences</source>
        <translation>关于本程序：规则、来源、许可</translation>
    </message>
    <message>
        <source>Turn the laptop to the resident, and back</source>
        <translation>把电脑转给群众看，再转回来</translation>
    </message>
    <message>
        <source>The waiting line: give and call numbers</source>
        <translation>排队：取号和叫号</translation>
    </message>
    <message>
        <source>Save the battery, or no more</source>
        <translation>省电模式开或关</translation>
    </message>
    <message>
        <source>Tablet layout: larger type, for touch</source>
        <translation>平板布局：大字，适合触摸</translation>
    </message>
</context>
<context>
    <name>Lamps</name>
    <message>
        <source>not submitted yet</source>
        <translation>尚未提交</translation>
    </message>
    <message>
        <source>not yet sent to the centre</source>
        <translation>还没送到中心</translation>
    </message>
    <message>
        <source>being sent to the centre</source>
        <translation>正在送往中心</translation>
    </message>
    <message>
        <source>held by the centre</source>
        <translation>中心已签收</translation>
    </message>
    <message>
        <source>not accepted by the centre</source>
        <translation>中心没有接收</translation>
    </message>
    <message>
        <source>on a second copy</source>
        <translation>已有副本</translation>
    </message>
    <message>
        <source>no second copy</source>
        <translation>没有副本</translation>
    </message>
    <message>
        <source>on this disk</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>the centre&apos;s own revision counts</source>
        <translation>以中心的版本为准</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>New obstacle</source>
        <translation>登记障碍</translation>
    </message>
    <message>
        <source>2号楼 1单元 501; empty: the compound</source>
        <translation>2号楼 1单元 501；不填为整个小区</translation>
    </message>
    <message>
        <source>Case number of the court</source>
        <translation>法院案号</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Building, entrance, room</source>
        <translation>楼幢、单元、房号</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>To be done by</source>
        <translation>办结期限</translation>
    </message>
    <message>
        <source>What is the matter</source>
        <translation>情况说明</translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Stops the compound as a whole</source>
        <translation>卡住整个小区</translation>
    </message>
    <message>
        <source>No such household here</source>
        <translation>本小区没有这样的户</translation>
    </message>
    <message>
        <source>Whose task, and until when</source>
        <translation>责任部门和期限</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>交办</translation>
    </message>
    <message>
        <source>Clear on evidence</source>
        <translation>凭据销号</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>会议纪要</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>附上文件…</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>销号</translation>
    </message>
    <message>
        <source>In a sentence</source>
        <translation>写一句话</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Number of the paper</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>What shows that it is over: a paper, a place. Nobody&apos;s face.</source>
        <translation>拍能证明已办结的材料或现场，不拍人脸。</translation>
    </message>
    <message>
        <source>Departments at work on it</source>
        <translation>并联办理</translation>
    </message>
    <message>
        <source>Each department has its own task and day. It is cleared when all are done.</source>
        <translation>各部门各有事项和时限，全部办结才能销号。</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>恢复办理</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Done on evidence</source>
        <translation>凭依据办结</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Why is it open again?</source>
        <translation>为什么重新打开？</translation>
    </message>
    <message>
        <source>Why is it no task any more?</source>
        <translation>为什么撤销？</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>要办什么</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>open</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>done: {evidence}</source>
        <translation>已办结：{evidence}</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>已超期</translation>
    </message>
    <message>
        <source>A department&apos;s part</source>
        <translation>部门事项</translation>
    </message>
    <message>
        <source>Photos and papers</source>
        <translation>照片和材料</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>另存…</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n}/{all}</translation>
    </message>
    <message>
        <source>Issue lists of the departments</source>
        <translation>部门问题清单</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Issue lists</source>
        <translation>问题清单</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>已送打印。</translation>
    </message>
    <message>
        <source>Making the lists…</source>
        <translation>正在生成清单…</translation>
    </message>
    <message>
        <source>All departments with something to do</source>
        <translation>所有有事项的部门</translation>
    </message>
    <message>
        <source>Nothing of this kind is in the ledger.</source>
        <translation>台账里没有这样的问题。</translation>
    </message>
    <message>
        <source>Issue list</source>
        <translation>问题清单</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>主责部门</translation>
    </message>
    <message>
        <source>Evidence (SHA-256 of its files)</source>
        <translation>依据（文件的 SHA-256）</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Save as tables…</source>
        <translation>存为表格…</translation>
    </message>
</context>
<context>
    <name>LedgerImport</name>
    <message>
        <source>Take in a ledger&apos;s spreadsheet</source>
        <translation>导入台账表格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Save the errors…</source>
        <translation>保存错误清单…</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>另选文件</translation>
    </message>
    <message>
        <source>The ledger&apos;s spreadsheet</source>
        <translation>台账表格</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Taken back; what was worked on stays in the ledger.</source>
        <translation>已撤回；之后办理过的仍留在台账里。</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误清单</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>An xlsx or csv file. It is checked as a whole: nothing is taken in before every row is in order.</source>
        <translation>xlsx 或 csv 文件。整张表一起检查：每一行都没有问题才会导入。</translation>
    </message>
</context>
<context>
    <name>LedgerImportSheet</name>
    <message numerus="yes">
        <source>Taking in %n obstacle(s)…</source>
        <translation>
            <numerusform>正在导入 %n 条…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n obstacle(s) taken in</source>
        <translation>
            <numerusform>已导入 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taking %n obstacle(s) back…</source>
        <translation>
            <numerusform>正在撤回 %n 条…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), nothing taken in</source>
        <translation>
            <numerusform>%n 个错误，没有导入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n obstacle(s), no error</source>
        <translation>
            <numerusform>%n 条障碍，没有错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken in before: %n obstacle(s), {at}</source>
        <translation>
            <numerusform>上次导入：%n 条，{at}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %n obstacle(s)</source>
        <translation>
            <numerusform>导入 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LedgerTabs</name>
    <message>
        <source>Calls</source>
        <translation>电话联系</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>摸排</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>领证</translation>
    </message>
    <message>
        <source>Obstacles</source>
        <translation>障碍台账</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>督查督办</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>Queue slip {number}</source>
        <translation>排队号 {number}</translation>
    </message>
</context>
<context>
    <name>LineCard</name>
    <message>
        <source>{n} waiting · about {minutes} min</source>
        <translation>等候 {n} 人 · 预计 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Being served</source>
        <translation>正在办理</translation>
    </message>
</context>
<context>
    <name>LineDue</name>
    <message>
        <source>{n} more in the list</source>
        <translation>列表里还有 {n} 个</translation>
    </message>
</context>
<context>
    <name>LineForm</name>
    <message>
        <source>Give a number</source>
        <translation>取号</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>办什么事？</translation>
    </message>
    <message>
        <source>Goes first?</source>
        <translation>优先</translation>
    </message>
    <message>
        <source>Who and what is here (Ctrl H: all)</source>
        <translation>到场与材料（Ctrl H 全部到齐）</translation>
    </message>
    <message>
        <source>Why a number is given all the same</source>
        <translation>为什么先给号</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>按顺序</translation>
    </message>
    <message>
        <source>Print the list</source>
        <translation>打印携带清单</translation>
    </message>
    <message>
        <source>House number, where it is known</source>
        <translation>房号（知道时填）</translation>
    </message>
</context>
<context>
    <name>LineHome</name>
    <message>
        <source>No such house: the number goes without one</source>
        <translation>没有这个房号，发号时不带房号</translation>
    </message>
    <message>
        <source>prepared</source>
        <translation>已备件</translation>
    </message>
    <message>
        <source>{reason}? {age} years · Ctrl E</source>
        <translation>{reason}？{age} 岁 · Ctrl E</translation>
    </message>
</context>
<context>
    <name>LineIntake</name>
    <message>
        <source>{number} is at the table; the other draft is put aside</source>
        <translation>{number}号在窗口；另一份草稿已放到一边</translation>
    </message>
    <message>
        <source>{number} is called. Ctrl N when they have come.</source>
        <translation>已叫{number}号，人到后按 Ctrl N。</translation>
    </message>
</context>
<context>
    <name>LineScreen</name>
    <message>
        <source>Everybody is here, with the papers</source>
        <translation>人和材料都到齐</translation>
    </message>
    <message>
        <source>In turn, or why it goes first</source>
        <translation>按顺序，或优先原因</translation>
    </message>
    <message>
        <source>Print what to bring, give no number</source>
        <translation>打印要带什么，不给号</translation>
    </message>
    <message>
        <source>Call the next one</source>
        <translation>叫下一位</translation>
    </message>
    <message>
        <source>Call again, or out of turn</source>
        <translation>再叫一遍，或提前叫</translation>
    </message>
    <message>
        <source>Pass over: comes back after some others</source>
        <translation>过号：几位之后再叫</translation>
    </message>
    <message>
        <source>Served, or done without a case</source>
        <translation>办完，或没有收件</translation>
    </message>
    <message>
        <source>Gone, or did not keep the appointment</source>
        <translation>已离开，或没来赴约</translation>
    </message>
    <message>
        <source>Put back into the line</source>
        <translation>放回队列</translation>
    </message>
    <message>
        <source>Cancel the number or the appointment</source>
        <translation>作废这个号或预约</translation>
    </message>
    <message>
        <source>Make an appointment</source>
        <translation>登记预约</translation>
    </message>
    <message>
        <source>Call display for the room</source>
        <translation>叫号大屏</translation>
    </message>
    <message>
        <source>Waiting line</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Call display</source>
        <translation>叫号屏</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>{n} before it, about {minutes} min</source>
        <translation>前面 {n} 位，约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>下次</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号</translation>
    </message>
    <message>
        <source>Goes first</source>
        <translation>优先</translation>
    </message>
    <message>
        <source>About</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Being served</source>
        <translation>正在办理</translation>
    </message>
    <message>
        <source>No session is open</source>
        <translation>还没有开场</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>{n} of them go first</source>
        <translation>其中优先 {n} 位</translation>
    </message>
    <message>
        <source>{average} min each, {done} served</source>
        <translation>每位约 {average} 分钟，已办 {done} 位</translation>
    </message>
    <message>
        <source>Wait now</source>
        <translation>现在要等</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>about {n} min</source>
        <translation>约 {n} 分钟</translation>
    </message>
    <message>
        <source>at the table</source>
        <translation>正在办理</translation>
    </message>
    <message>
        <source>appointment</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>served</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Give a number; at an appointment: it has come; at the table: take in</source>
        <translation>发号；预约上:人已到；窗口的号:开始受理</translation>
    </message>
    <message>
        <source>To the form: give a number</source>
        <translation>到表单发号</translation>
    </message>
    <message>
        <source>This appointment of those that are due has come</source>
        <translation>到点的这个预约来人了</translation>
    </message>
    <message>
        <source>Has come, and goes first as proposed</source>
        <translation>来人了，按提议优先</translation>
    </message>
    <message>
        <source>From the form to the line, then back</source>
        <translation>从表单回到队列，再返回</translation>
    </message>
    <message>
        <source>{reason}? {age} years · E</source>
        <translation>{reason}？{age} 岁 · E</translation>
    </message>
    <message>
        <source>at table {table}</source>
        <translation>在 {table} 台</translation>
    </message>
    <message>
        <source>{n} min late</source>
        <translation>晚了 {n} 分钟</translation>
    </message>
    <message>
        <source>due in {n} min</source>
        <translation>{n} 分钟后到</translation>
    </message>
    <message>
        <source>{who} called it to table {table} at {time}.</source>
        <translation>{who} 于 {time} 叫到 {table} 台。</translation>
    </message>
    <message>
        <source>{number} is at table {table}</source>
        <translation>{number} 在 {table} 台</translation>
    </message>
    <message>
        <source>R calls it to this table.</source>
        <translation>按 R 叫到本台。</translation>
    </message>
    <message>
        <source>{number} has not been called</source>
        <translation>{number} 还没有叫到</translation>
    </message>
    <message>
        <source>It waits for its turn.</source>
        <translation>它在队里等候。</translation>
    </message>
    <message>
        <source>Space calls the next one, R this one out of turn.</source>
        <translation>空格叫下一位，R 越序叫这一位。</translation>
    </message>
    <message>
        <source>{number} is over</source>
        <translation>{number} 已经结束</translation>
    </message>
    <message>
        <source>They have gone, or it was cancelled.</source>
        <translation>人已离开，或已经取消。</translation>
    </message>
    <message>
        <source>B puts it back if they have come after all.</source>
        <translation>人又来了就按 B 放回队里。</translation>
    </message>
    <message>
        <source>Nothing is proposed here</source>
        <translation>这里没有可提议的优先</translation>
    </message>
    <message>
        <source>An appointment whose date of birth is known can be proposed to go first.</source>
        <translation>知道出生日期的预约才会提议优先。</translation>
    </message>
    <message>
        <source>Choose the reason when you give the number.</source>
        <translation>发号时可以选择优先原因。</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>没有人在等</translation>
    </message>
    <message>
        <source>There is nobody in the line to call.</source>
        <translation>队里没有可叫的人。</translation>
    </message>
    <message>
        <source>N gives a number when somebody comes.</source>
        <translation>来人时按 N 发号。</translation>
    </message>
    <message>
        <source>Numbers belong to a session: open one on Tonight (Ctrl 1).</source>
        <translation>号属于场次：请先在“今晚”（Ctrl 1）开场。</translation>
    </message>
    <message>
        <source>N goes to the form: say what it is about, Ctrl H when all are here, then Enter.</source>
        <translation>按 N 到表单：选办什么，人和材料都到了按 Ctrl H，再按 Enter。</translation>
    </message>
    <message>
        <source>Everybody is served</source>
        <translation>都办完了</translation>
    </message>
    <message>
        <source>Give a number</source>
        <translation>发号</translation>
    </message>
    <message>
        <source>Nobody has come yet</source>
        <translation>还没有人来</translation>
    </message>
    <message>
        <source>Give the first number</source>
        <translation>发第一个号</translation>
    </message>
    <message>
        <source>{number} at table {table}</source>
        <translation>{number} 在 {table} 台</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>约定时间到了</translation>
    </message>
    <message>
        <source>Goes first as proposed for the house</source>
        <translation>按该户的提议优先</translation>
    </message>
</context>
<context>
    <name>LinkCard</name>
    <message>
        <source>Centre and link</source>
        <translation>中心与连接</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Proxy and certificate</source>
        <translation>代理与证书</translation>
    </message>
    <message>
        <source>Scan the administrator&apos;s code, show it to the camera, or type address and code.</source>
        <translation>扫描管理员给的登记码，放到摄像头下，或者填写地址和登记码。</translation>
    </message>
    <message>
        <source>Address of the centre</source>
        <translation>中心地址</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>登记码</translation>
    </message>
    <message>
        <source>A new one from the administrator</source>
        <translation>向管理员要一个新的</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>保存并连接</translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation>关摄像头</translation>
    </message>
    <message>
        <source>Show it to the camera</source>
        <translation>用摄像头看登记码</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>网络代理</translation>
    </message>
    <message>
        <source>http://host:port, empty for none; the system&apos;s is not used</source>
        <translation>http://主机:端口；不用代理就留空，不取系统设置</translation>
    </message>
    <message>
        <source>Fingerprint of the centre&apos;s key</source>
        <translation>中心公钥指纹</translation>
    </message>
    <message>
        <source>SHA-256, from the administrator; then no authority is needed</source>
        <translation>SHA-256，由管理员给出；有它就不需要 CA 证书</translation>
    </message>
    <message>
        <source>Choose an authority&apos;s file…</source>
        <translation>选择 CA 证书文件…</translation>
    </message>
    <message>
        <source>Use the system&apos;s</source>
        <translation>改用系统的</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>not enrolled yet</source>
        <translation>尚未登记</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Receipt numbers left</source>
        <translation>剩余收件号</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最近联系</translation>
    </message>
    <message>
        <source>Cases waiting</source>
        <translation>待送件数</translation>
    </message>
    <message>
        <source>Clock is off by</source>
        <translation>时钟偏差</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>its own key, pinned</source>
        <translation>中心公钥指纹</translation>
    </message>
    <message>
        <source>an authority&apos;s file</source>
        <translation>指定的 CA 证书</translation>
    </message>
    <message numerus="yes">
        <source>Certificates of %n authority(ies) from a file</source>
        <translation>
            <numerusform>使用文件里的 %n 个 CA 证书</numerusform>
        </translation>
    </message>
    <message>
        <source>The system&apos;s authorities vouch for the centre</source>
        <translation>由系统信任的 CA 证明中心身份</translation>
    </message>
    <message>
        <source>Starting the camera…</source>
        <translation>正在打开摄像头…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The authority&apos;s certificates</source>
        <translation>CA 证书文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>LinkPanel</name>
    <message>
        <source>Road to the centre</source>
        <translation>到中心的链路</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Only facts</source>
        <translation>只传信息</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Paid by volume</source>
        <translation>按流量计费</translation>
    </message>
    <message>
        <source>Send pages over this link</source>
        <translation>用这条链路传材料</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>按系统判断</translation>
    </message>
    <message>
        <source>Yes, always ask</source>
        <translation>是，每次都问</translation>
    </message>
    <message>
        <source>No, never ask</source>
        <translation>否，不用问</translation>
    </message>
    <message>
        <source>Nothing has been submitted on this machine yet</source>
        <translation>本机还没有提交过申请</translation>
    </message>
    <message numerus="yes">
        <source>The centre holds all %n item(s)</source>
        <translation>
            <numerusform>%n 件全部已由中心持有</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) not there yet</source>
        <translation>
            <numerusform>还有 %n 件没有到齐</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>每秒 {size}</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>This link is paid by volume: facts travel, pages wait ({amount}). They may go over it until the machine is on another link.</source>
        <translation>这条链路按流量计费：信息照常传送，材料暂不传（{amount}）。同意后，材料用它传送，直到换到别的链路。</translation>
    </message>
    <message>
        <source>What may travel (P, O)</source>
        <translation>允许传送（P，O）</translation>
    </message>
    <message>
        <source>Limit, kbit/s (L)</source>
        <translation>限速 kbit/s（L）</translation>
    </message>
</context>
<context>
    <name>LinkPill</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>sending {n}</source>
        <translation>正在送 {n} 件</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 件待送</translation>
    </message>
    <message>
        <source>Refused by the centre</source>
        <translation>中心不予接入</translation>
    </message>
    <message>
        <source>This clock is wrong</source>
        <translation>本机时钟不准</translation>
    </message>
    <message>
        <source>Not enrolled yet</source>
        <translation>尚未登记到中心</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Pages held back</source>
        <translation>材料暂不传</translation>
    </message>
</context>
<context>
    <name>MachineTabs</name>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Sealed packages</source>
        <translation>密封包</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>传送</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>留痕</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tonight</source>
        <translation>今晚</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>楼盘</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>上门</translation>
    </message>
</context>
<context>
    <name>MaterialsBoard</name>
    <message>
        <source>Materials of the checklist</source>
        <translation>收件清单的材料</translation>
    </message>
</context>
<context>
    <name>MaterialsPage</name>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Add to the next row that lacks its paper; go on when none does</source>
        <translation>给下一项缺件添加；都齐了就继续</translation>
    </message>
    <message>
        <source>Add files to this row</source>
        <translation>为这一项添加文件</translation>
    </message>
    <message>
        <source>Paste a picture or files</source>
        <translation>粘贴图片或文件</translation>
    </message>
    <message>
        <source>Choose a row</source>
        <translation>选择材料项</translation>
    </message>
    <message>
        <source>Choose a page</source>
        <translation>选择页面</translation>
    </message>
    <message>
        <source>Move the page within its row</source>
        <translation>在本项内移动页面</translation>
    </message>
    <message>
        <source>Move the page to another row</source>
        <translation>移到另一项</translation>
    </message>
    <message>
        <source>Original or copy</source>
        <translation>原件或复印件</translation>
    </message>
    <message>
        <source>Turn left, turn right, take the whole picture</source>
        <translation>左转、右转、取整幅</translation>
    </message>
    <message>
        <source>Enlarge the page, or show the list again</source>
        <translation>放大页面，或回到清单</translation>
    </message>
    <message>
        <source>Go to the corners; choose one, move it with the arrows</source>
        <translation>转到四角，选一个，用方向键移动</translation>
    </message>
    <message>
        <source>Add pages</source>
        <translation>添加页面</translation>
    </message>
    <message>
        <source>Arrears apart from certificates</source>
        <translation>证缴分离</translation>
    </message>
    <message>
        <source>Add to: {item}</source>
        <translation>添加到：{item}</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Nothing to add: copy a picture or files first</source>
        <translation>没有可添加的内容：先复制图片或文件</translation>
    </message>
    <message>
        <source>Remove the page</source>
        <translation>删除页面</translation>
    </message>
    <message>
        <source>Take a removal back</source>
        <translation>撤销删除</translation>
    </message>
    <message>
        <source>Add to the next row</source>
        <translation>添加到下一项</translation>
    </message>
    <message>
        <source>Fewer papers</source>
        <translation>只看所需</translation>
    </message>
    <message>
        <source>Other papers</source>
        <translation>其他材料</translation>
    </message>
    <message>
        <source>Show all papers of the checklist, or only those that are wanted</source>
        <translation>显示清单全部材料，或只看所需</translation>
    </message>
    <message>
        <source>Go on: inquiry</source>
        <translation>继续：询问</translation>
    </message>
    <message>
        <source>Keep the page in spite of what is wrong with it; recorded</source>
        <translation>有问题也保留此页，记录在案</translation>
    </message>
    <message>
        <source>Take the page again; the former one is kept</source>
        <translation>重拍此页，原来的页留存</translation>
    </message>
    <message>
        <source>Move the page to the row that it seems to belong to</source>
        <translation>把页移到它像是的那一栏</translation>
    </message>
    <message>
        <source>Split the page in two; join it with the next one</source>
        <translation>一页拆成两页；与下一页合成一张</translation>
    </message>
    <message>
        <source>Both sides of the identity card on one A4 page</source>
        <translation>身份证两面合到一张 A4</translation>
    </message>
    <message>
        <source>Watermark on the copy, or off; the original has none</source>
        <translation>复印件加水印或去掉，原图不加</translation>
    </message>
    <message>
        <source>Bring back what this page took the place of</source>
        <translation>恢复被此页取代的页</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) added. V chooses which of them are wanted</source>
        <translation>
            <numerusform>已加入 %n 页，按 V 选页</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose which pages of a file are wanted</source>
        <translation>选择文件中要的页</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Photograph the next row</source>
        <translation>拍下一项</translation>
    </message>
</context>
<context>
    <name>MaterialsRow</name>
    <message>
        <source>Original</source>
        <translation>原件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复印件</translation>
    </message>
    <message>
        <source>Original or copy</source>
        <translation>原件或复印件</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>as captured</source>
        <translation>按采集</translation>
    </message>
    <message>
        <source>Adding {file}</source>
        <translation>正在添加 {file}</translation>
    </message>
    <message>
        <source>page {done} of {total}</source>
        <translation>第 {done} 页，共 {total} 页</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) waiting</source>
        <translation>
            <numerusform>还有 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation>还缺</translation>
    </message>
    <message>
        <source>Shared data</source>
        <translation>可共享</translation>
    </message>
    <message>
        <source>Only if needed</source>
        <translation>需要时提交</translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies)</source>
        <translation>
            <numerusform>%n 份</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Page {number}: {faults} · T again, K keeps it</source>
        <translation>第 {number} 页：{faults} · T 重拍，K 保留</translation>
    </message>
</context>
<context>
    <name>MendingBar</name>
    <message>
        <source>New page here · the centre wanted: {reason}</source>
        <translation>已有新页 · 中心要求：{reason}</translation>
    </message>
    <message>
        <source>The centre: {reason}</source>
        <translation>中心要求：{reason}</translation>
    </message>
    <message>
        <source>Correction: revision {n} follows what the centre returned</source>
        <translation>补正：第 {n} 版，针对中心退回的内容</translation>
    </message>
    <message>
        <source>Put right: revision {n} follows what the centre did not take</source>
        <translation>改正：第 {n} 版，针对中心未收的内容</translation>
    </message>
    <message>
        <source>Revision {n}, on top of what the centre has</source>
        <translation>第 {n} 版，以中心的版本为基础</translation>
    </message>
    <message>
        <source>Supplement: revision {n}, before the case is accepted</source>
        <translation>补充：第 {n} 版，受理之前</translation>
    </message>
    <message>
        <source>All facts and pages of the revision before are here; change them.</source>
        <translation>上一版的内容和页面都在这里，可以修改。</translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) still to bring</source>
        <translation>
            <numerusform>还差 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Every row named is new</source>
        <translation>点名的项目都有新页</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>期限 {day}</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一项</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>MortgageSection</name>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Amount secured (yuan)</source>
        <translation>被担保债权数额（元）</translation>
    </message>
    <message>
        <source>Mortgage</source>
        <translation>抵押事项</translation>
    </message>
    <message>
        <source>As in the contract; 50万 works too</source>
        <translation>照合同填写，可写 50万</translation>
    </message>
    <message>
        <source>First day of the debt&apos;s term</source>
        <translation>起始日</translation>
    </message>
    <message>
        <source>Last day of the debt&apos;s term</source>
        <translation>届满日</translation>
    </message>
    <message>
        <source>What is secured</source>
        <translation>担保范围</translation>
    </message>
    <message>
        <source>Principal, interest, costs, as agreed</source>
        <translation>本金、利息、费用等，照约定</translation>
    </message>
    <message>
        <source>Bank&apos;s point of service</source>
        <translation>银行便民服务点</translation>
    </message>
    <message>
        <source>Where a bank took it in; else empty</source>
        <translation>由银行网点收件时填写，否则空着</translation>
    </message>
    <message>
        <source>Was it agreed that the property may not be transferred, or only with conditions?</source>
        <translation>是否约定禁止或者限制转让抵押不动产？</translation>
    </message>
    <message>
        <source>{amount} yuan</source>
        <translation>{amount} 元</translation>
    </message>
    <message>
        <source>Highest amount (yuan)</source>
        <translation>最高债权数额（元）</translation>
    </message>
    <message>
        <source>Debt from</source>
        <translation>履行期限起</translation>
    </message>
    <message>
        <source>Debt until</source>
        <translation>履行期限止</translation>
    </message>
    <message>
        <source>Works mortgaged</source>
        <translation>在建工程范围</translation>
    </message>
    <message>
        <source>Maximum amount</source>
        <translation>最高额抵押</translation>
    </message>
</context>
<context>
    <name>NewSheet</name>
    <message numerus="yes">
        <source>%n household(s)</source>
        <translation>
            <numerusform>%n 户</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>What the number says</source>
        <translation>证件号里的信息</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>出生</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>Division code</source>
        <translation>行政区划代码</translation>
    </message>
    <message>
        <source>Compare with the card and with the person.</source>
        <translation>与证件和本人核对。</translation>
    </message>
    <message>
        <source>Sex and birth date appear here as soon as the number is complete and checks out.</source>
        <translation>号码输全并通过校验后，这里显示性别和出生日期。</translation>
    </message>
    <message>
        <source>Checks out</source>
        <translation>校验通过</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>女</translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n 岁</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ObstacleCounts</name>
    <message numerus="yes">
        <source>in all · %n household(s)</source>
        <translation>
            <numerusform>合计 · %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>What stops it</source>
        <translation>障碍</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未销号</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已超期</translation>
    </message>
    <message>
        <source>Earliest day</source>
        <translation>最早期限</translation>
    </message>
</context>
<context>
    <name>ObstacleSide</name>
    <message>
        <source>Assign</source>
        <translation>交办</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>记一笔</translation>
    </message>
    <message>
        <source>Clear on evidence</source>
        <translation>凭据销号</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>期限 {day}</translation>
    </message>
    <message>
        <source>no day set</source>
        <translation>未定期限</translation>
    </message>
    <message>
        <source>Can stop: {types}</source>
        <translation>可能卡住：{types}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>附件 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {all} departments are done</source>
        <translation>{all} 个部门事项已办结 {done} 个</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>并联办理</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) written</source>
        <translation>
            <numerusform>已写出 %n 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ObstaclesScreen</name>
    <message>
        <source>Search by place, words or case number</source>
        <translation>按位置、内容或案号查找</translation>
    </message>
    <message>
        <source>Walk through the list</source>
        <translation>在列表中上下移动</translation>
    </message>
    <message>
        <source>New obstacle, of a household, of many, or of a compound</source>
        <translation>登记障碍：一户、多户或者整个小区</translation>
    </message>
    <message>
        <source>Whose task, and until when</source>
        <translation>责任部门和期限</translation>
    </message>
    <message>
        <source>Clear on evidence</source>
        <translation>凭据销号</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>记一笔</translation>
    </message>
    <message>
        <source>Reopen what was cleared</source>
        <translation>重新打开已销号的</translation>
    </message>
    <message>
        <source>Write what is listed into a table</source>
        <translation>把列出的导出为表格</translation>
    </message>
    <message>
        <source>Obstacles</source>
        <translation>障碍台账</translation>
    </message>
    <message>
        <source>Place, words, case number</source>
        <translation>位置、内容、案号</translation>
    </message>
    <message>
        <source>New obstacle</source>
        <translation>登记障碍</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>No obstacles here</source>
        <translation>这里没有障碍</translation>
    </message>
    <message>
        <source>Write down what stops a household or a compound, and whose task it is.</source>
        <translation>登记卡住一户或者一个小区的问题，以及由谁负责。</translation>
    </message>
    <message>
        <source>Note on this obstacle</source>
        <translation>给这个障碍记一笔</translation>
    </message>
    <message>
        <source>Why is it open again?</source>
        <translation>为什么重新打开？</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>案号</translation>
    </message>
    <message>
        <source>What is the matter</source>
        <translation>情况说明</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未销号</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All compounds</source>
        <translation>全部小区</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>全部部门</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What stops it</source>
        <translation>障碍</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>{day} overdue</source>
        <translation>{day} 已逾期</translation>
    </message>
    <message>
        <source>whole compound</source>
        <translation>整个小区</translation>
    </message>
    <message>
        <source>Take in a spreadsheet</source>
        <translation>导入电子表格</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Departments that work on it at once</source>
        <translation>多部门并联办理</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>已办 {done}/{all}</translation>
    </message>
    <message>
        <source>View what it was cleared on</source>
        <translation>查看销号依据</translation>
    </message>
    <message>
        <source>Issue lists of the departments, printed or as PDF</source>
        <translation>部门问题清单，打印或存为 PDF</translation>
    </message>
    <message>
        <source>Issue lists</source>
        <translation>问题清单</translation>
    </message>
    <message>
        <source>Counts by compound and category, and back</source>
        <translation>按小区和类别汇总，再按返回</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>看清单</translation>
    </message>
    <message>
        <source>By compound</source>
        <translation>按小区</translation>
    </message>
</context>
<context>
    <name>Online</name>
    <message>
        <source>Waiting for the check</source>
        <translation>待联网核验</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Stops the case</source>
        <translation>有障碍</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>缴税</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>未申请</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>Held up</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>Owed by the developer</source>
        <translation>开发企业欠缴</translation>
    </message>
    <message>
        <source>Owed by the buyer</source>
        <translation>购房人欠缴</translation>
    </message>
    <message>
        <source>{amount} at most</source>
        <translation>最高 {amount}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Secured claim, yuan</source>
        <translation>被担保主债权，元</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>债务履行期限</translation>
    </message>
    <message>
        <source>Scope of security</source>
        <translation>担保范围</translation>
    </message>
    <message>
        <source>Transfer forbidden or limited</source>
        <translation>禁止或限制转让的约定</translation>
    </message>
    <message>
        <source>Taken in at</source>
        <translation>收件地点</translation>
    </message>
</context>
<context>
    <name>PackagesBack</name>
    <message>
        <source>Back from the centre, and carried for others</source>
        <translation>中心的回执，和代为携带的</translation>
    </message>
    <message>
        <source>Nothing has been written or taken in</source>
        <translation>还没有写过，也没有收进过</translation>
    </message>
    <message>
        <source>The centre&apos;s answer to a package is taken in here. So are packages of other laptops that you carry to the centre for them; nobody on the way can read them.</source>
        <translation>中心对密封包的回执在这里收进。别的电脑托您带给中心的密封包也在这里收下；路上没有人能打开看。</translation>
    </message>
    <message>
        <source>Take in files…</source>
        <translation>收进文件…</translation>
    </message>
    <message>
        <source>Hand on…</source>
        <translation>转交…</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>现在送</translation>
    </message>
    <message>
        <source>Written here</source>
        <translation>本机写的</translation>
    </message>
    <message>
        <source>Carried for others</source>
        <translation>代为携带</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>密封包</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写于</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%n case event(s)</source>
        <translation>
            <numerusform>%n 件事</numerusform>
        </translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Answered {at}</source>
        <translation>{at} 已有回执</translation>
    </message>
    <message>
        <source>Waits for the centre&apos;s answer</source>
        <translation>等中心的回执</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>没有写完</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) still lacking</source>
        <translation>
            <numerusform>还缺 %n 份</numerusform>
        </translation>
    </message>
    <message>
        <source>Handed on</source>
        <translation>已转交</translation>
    </message>
    <message>
        <source>Answer for {device}</source>
        <translation>给 {device} 的回执</translation>
    </message>
    <message>
        <source>For the centre</source>
        <translation>带给中心</translation>
    </message>
</context>
<context>
    <name>PackagesScreen</name>
    <message>
        <source>Where to write the package</source>
        <translation>密封包写到哪里</translation>
    </message>
    <message>
        <source>Writing and reading back…</source>
        <translation>正在写入并读回核对…</translation>
    </message>
    <message>
        <source>Files from the drive</source>
        <translation>盘上的文件</translation>
    </message>
    <message>
        <source>Sealed packages (*.jilai)</source>
        <translation>密封包 (*.jilai)</translation>
    </message>
    <message>
        <source>Proving the files…</source>
        <translation>正在核对文件…</translation>
    </message>
    <message>
        <source>Where to copy the package</source>
        <translation>密封包拷到哪里</translation>
    </message>
    <message>
        <source>Copying and reading back…</source>
        <translation>正在拷贝并读回核对…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) copied and read back.</source>
        <translation>
            <numerusform>已拷贝并读回核对 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Write a package for the centre</source>
        <translation>写一个带给中心的密封包</translation>
    </message>
    <message>
        <source>Take in files from a drive</source>
        <translation>收进盘上的文件</translation>
    </message>
    <message>
        <source>Hand on a carried package</source>
        <translation>转交代为携带的密封包</translation>
    </message>
    <message>
        <source>Stop what is under way</source>
        <translation>停止正在做的事</translation>
    </message>
    <message>
        <source>To the centre, by disc</source>
        <translation>用光盘送到中心</translation>
    </message>
    <message>
        <source>Everything that the centre does not hold yet goes into one sealed package. Only the centre can open it. The lamp turns when its answer has been taken in here.</source>
        <translation>中心还没有收到的件，全部装进一个密封包。只有中心能打开。收进中心的回执包以后，灯才会变。</translation>
    </message>
    <message>
        <source>Cut to fit</source>
        <translation>每份不超过</translation>
    </message>
    <message>
        <source>CD</source>
        <translation>CD</translation>
    </message>
    <message>
        <source>DVD</source>
        <translation>DVD</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>移动盘</translation>
    </message>
    <message>
        <source>Write the package…</source>
        <translation>写密封包…</translation>
    </message>
    <message>
        <source>Stopped. What was finished stays; the same step goes on from there.</source>
        <translation>已停止。做完的部分还在，再做一次会接着来。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written and read back. One file to a disc; label them:</source>
        <translation>
            <numerusform>已写好并读回核对 %n 个文件。一张盘放一个，盘面写上：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) are held by the centre now.</source>
        <translation>
            <numerusform>现在有 %n 件已由中心保管。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) were refused; the queue says why.</source>
        <translation>
            <numerusform>有 %n 件被中心退回，原因见队列。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) kept to carry on.</source>
        <translation>
            <numerusform>收下 %n 个代为携带的密封包。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) unsent</source>
        <translation>
            <numerusform>%n 件未送达</numerusform>
        </translation>
    </message>
    <message>
        <source>All at the centre</source>
        <translation>中心都已收到</translation>
    </message>
    <message>
        <source>{cases}, {pages}, {size}</source>
        <translation>{cases}，{pages}，{size}</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page file(s)</source>
        <translation>
            <numerusform>%n 个页面文件</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to take along.</source>
        <translation>没有要带走的件。</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) that the centre refused stay here until somebody looks at them.</source>
        <translation>
            <numerusform>有 %n 件被中心退回，处理之前留在本机。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending to the centre…</source>
        <translation>正在送往中心…</translation>
    </message>
    <message>
        <source>Send a carried package to the centre</source>
        <translation>把代为携带的密封包送往中心</translation>
    </message>
</context>
<context>
    <name>PageChoice</name>
    <message>
        <source>Arrows choose a page, Space takes it out or in again.</source>
        <translation>方向键选页，空格取消或选中。</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部都要</translation>
    </message>
    <message numerus="yes">
        <source>Keep %n page(s)</source>
        <translation>
            <numerusform>保留 %n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageFaults</name>
    <message>
        <source>{name} kept it at {time} in spite of: {faults}</source>
        <translation>{name} {time} 确认保留，问题：{faults}</translation>
    </message>
    <message>
        <source>Take again</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>Keep it anyway</source>
        <translation>仍然保留</translation>
    </message>
</context>
<context>
    <name>PageHand</name>
    <message>
        <source>Turned upright by its words: {item}</source>
        <translation>已按文字转正：{item}</translation>
    </message>
    <message>
        <source>Kept in spite of: {faults}</source>
        <translation>已保留：{faults}</translation>
    </message>
    <message>
        <source>There is no next page in this row to join with</source>
        <translation>这一栏没有下一页可合并</translation>
    </message>
    <message>
        <source>Both sides of the card must be in the identity row first</source>
        <translation>身份证两面都放进这一栏后再合成</translation>
    </message>
    <message>
        <source>This page took no other page&apos;s place</source>
        <translation>这一页没有取代过别的页</translation>
    </message>
    <message>
        <source>{item}: page {number} removed</source>
        <translation>{item}：已删除第 {number} 页</translation>
    </message>
    <message>
        <source>The file of this page has no other pages in this row</source>
        <translation>这一栏里没有同一文件的其他页</translation>
    </message>
    <message>
        <source>Which pages of this file are wanted?</source>
        <translation>这个文件要哪几页？</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) removed</source>
        <translation>
            <numerusform>已删除 %n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PagePanel</name>
    <message>
        <source>Opening the page…</source>
        <translation>正在打开页面…</translation>
    </message>
    <message>
        <source>Squaring…</source>
        <translation>正在裁正…</translation>
    </message>
    <message>
        <source>Page corners on the original photograph</source>
        <translation>原图上的页面四角</translation>
    </message>
    <message>
        <source>Turn left (L)</source>
        <translation>左转 (L)</translation>
    </message>
    <message>
        <source>Turn right (R)</source>
        <translation>右转 (R)</translation>
    </message>
    <message>
        <source>Take the whole picture (W)</source>
        <translation>取整幅 (W)</translation>
    </message>
    <message>
        <source>Remove this page (Delete)</source>
        <translation>删除这一页 (Delete)</translation>
    </message>
    <message>
        <source>Show the list again (Z)</source>
        <translation>回到清单 (Z)</translation>
    </message>
    <message>
        <source>Enlarge (Z)</source>
        <translation>放大 (Z)</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>No glare</source>
        <translation>无反光</translation>
    </message>
    <message>
        <source>All corners</source>
        <translation>四角完整</translation>
    </message>
    <message>
        <source>No page chosen</source>
        <translation>还没有选中页面</translation>
    </message>
    <message>
        <source>Drop files on a row, paste a picture, or press Enter. Each page then appears here.</source>
        <translation>把文件拖到某一项、粘贴图片，或按 Enter。页面随后显示在这里。</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水印</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>Add files to this row</source>
        <translation>为这一项添加文件</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>edges not found, whole picture kept</source>
        <translation>没找到页边，已保留整幅</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>Receipts and papers</source>
        <translation>凭证与文书</translation>
    </message>
    <message>
        <source>Width of the roll</source>
        <translation>小票纸宽</translation>
    </message>
    <message>
        <source>Receipt printer without a queue</source>
        <translation>直连的小票打印机</translation>
    </message>
    <message>
        <source>tcp://HOST, /dev/usb/lp0, serial:/dev/ttyUSB0; empty: none</source>
        <translation>tcp://主机、/dev/usb/lp0、serial:/dev/ttyUSB0；空为没有</translation>
    </message>
    <message>
        <source>It draws the QR code itself</source>
        <translation>二维码由打印机自己画</translation>
    </message>
    <message>
        <source>Ask the printer</source>
        <translation>询问打印机</translation>
    </message>
    <message>
        <source>Labels beside the Chinese ones</source>
        <translation>文书上的第二种文字</translation>
    </message>
    <message>
        <source>Ready; the paper is running low</source>
        <translation>就绪；纸快用完了</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>Intake receipt</source>
        <translation>收件凭证</translation>
    </message>
    <message>
        <source>The whole case</source>
        <translation>整卷</translation>
    </message>
</context>
<context>
    <name>PapersScreen</name>
    <message>
        <source>Papers</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message>
        <source>Declare void…</source>
        <translation>作废…</translation>
    </message>
    <message>
        <source>Papers of this case</source>
        <translation>本件的各种文书</translation>
    </message>
    <message>
        <source>Choose a paper</source>
        <translation>选择文书</translation>
    </message>
    <message>
        <source>Turn its pages</source>
        <translation>翻页</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Declare the receipt void</source>
        <translation>作废收件凭证</translation>
    </message>
    <message>
        <source>{title}, roll</source>
        <translation>{title}（小票）</translation>
    </message>
    <message>
        <source>Void: {reason}</source>
        <translation>已作废：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>Printed %n time(s)</source>
        <translation>
            <numerusform>已打印 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Sent to the printer…</source>
        <translation>已送打印机……</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印……</translation>
    </message>
    <message>
        <source>Printed on {printer}</source>
        <translation>已在 {printer} 打印</translation>
    </message>
    <message>
        <source>Save this paper</source>
        <translation>保存这份文书</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>已存为 {file}</translation>
    </message>
</context>
<context>
    <name>PapersSection</name>
    <message numerus="yes">
        <source>Papers · %n page(s)</source>
        <translation>
            <numerusform>材料 · %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复印件</translation>
    </message>
    <message>
        <source>No page yet.</source>
        <translation>还没有页面。</translation>
    </message>
    <message>
        <source>Page {number}: {words}</source>
        <translation>第 {number} 页：{words}</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Laptops of this session</source>
        <translation>本场的各台电脑</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Take as the reason</source>
        <translation>作为原因</translation>
    </message>
    <message>
        <source>End this part</source>
        <translation>结束这一部分</translation>
    </message>
    <message>
        <source>Ask the centre</source>
        <translation>问中心</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Held by the centre: {numbers}</source>
        <translation>中心存有：{numbers}</translation>
    </message>
    <message>
        <source>Laptop</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>收件</translation>
    </message>
    <message>
        <source>Still waited</source>
        <translation>仍在等</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>{code} (this one)</source>
        <translation>{code}（本机）</translation>
    </message>
    <message>
        <source>Goes on, as far as is known here</source>
        <translation>就本机所知仍在办</translation>
    </message>
    <message>
        <source>Ended {time} by {name}: {why}</source>
        <translation>{time} 由 {name} 代为结束：{why}</translation>
    </message>
    <message>
        <source>Closed {time}</source>
        <translation>{time} 已关闭</translation>
    </message>
    <message>
        <source>Where a laptop is dead, the centre says what it holds of it. Its part can then be ended here, so that the session closes and nobody who waits is forgotten.</source>
        <translation>电脑坏了，可问中心存有它的哪些收件，再在这里代为结束，这一场才能关闭，等候的人也不会被漏掉。</translation>
    </message>
    <message>
        <source>The centre holds {n} receipts of {code}, {whole} of them with all pages. {missing} are not on this machine.</source>
        <translation>中心存有 {code} 的 {n} 件收件，其中 {whole} 件影像齐全；{missing} 件不在本机。</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>收件编号</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Pages at the centre</source>
        <translation>中心已存影像</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Receipt void</source>
        <translation>收件单已作废</translation>
    </message>
</context>
<context>
    <name>PartyActions</name>
    <message>
        <source>Add a party</source>
        <translation>添加一位</translation>
    </message>
    <message>
        <source>Other document</source>
        <translation>其他证件</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>监护人</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理人</translation>
    </message>
    <message>
        <source>Filing and shares</source>
        <translation>申请与共有</translation>
    </message>
    <message>
        <source>Next entry; behind the last the next party, or the next step</source>
        <translation>下一项；最后一项之后到下一位或下一步</translation>
    </message>
    <message>
        <source>Add a right holder</source>
        <translation>添加权利人</translation>
    </message>
    <message>
        <source>Add an obligor</source>
        <translation>添加义务人</translation>
    </message>
    <message>
        <source>Another kind of document, the other side</source>
        <translation>换证件种类、换权利方</translation>
    </message>
    <message>
        <source>Agent and mandate</source>
        <translation>代理人与委托</translation>
    </message>
    <message>
        <source>How they file, and their shares</source>
        <translation>申请方式与份额</translation>
    </message>
    <message>
        <source>Former and next party</source>
        <translation>上一位、下一位</translation>
    </message>
    <message>
        <source>Remove the party, guardian or agent in hand</source>
        <translation>去掉当前这位（或监护人、代理人）</translation>
    </message>
    <message>
        <source>Take a removal back</source>
        <translation>撤销刚才的去掉</translation>
    </message>
    <message>
        <source>The same guardian or agent as another party</source>
        <translation>监护人、代理人与另一位相同</translation>
    </message>
</context>
<context>
    <name>PartyChanges</name>
    <message>
        <source>The party was removed</source>
        <translation>已去掉这一位</translation>
    </message>
    <message>
        <source>The agent was removed</source>
        <translation>已去掉代理人</translation>
    </message>
    <message>
        <source>The guardian was removed</source>
        <translation>已去掉监护人</translation>
    </message>
</context>
<context>
    <name>PasswordCard</name>
    <message>
        <source>Setting the password…</source>
        <translation>正在设置密码…</translation>
    </message>
    <message>
        <source>My password</source>
        <translation>我的密码</translation>
    </message>
    <message>
        <source>Only on this machine. Nobody else can see it or set it back unseen.</source>
        <translation>只用于这台电脑。别人看不到它；有人重设会留下记录。</translation>
    </message>
    <message>
        <source>Password for {name}</source>
        <translation>{name}的密码</translation>
    </message>
    <message>
        <source>{name} types it, nobody else.</source>
        <translation>请{name}本人输入。</translation>
    </message>
    <message>
        <source>Password now</source>
        <translation>现在的密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再输一遍新密码</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入的内容</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>Your password is changed. The next unlock asks for the new one.</source>
        <translation>密码已更改，下次解锁用新密码。</translation>
    </message>
    <message>
        <source>Lock for another person</source>
        <translation>锁定并换人</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>People of this machine</source>
        <translation>本机人员</translation>
    </message>
    <message>
        <source>The centre names people and gives roles. Here each gets a password of their own.</source>
        <translation>人员和岗位由中心指定；在这里，每个人设自己的密码。</translation>
    </message>
    <message>
        <source>Lock when untouched</source>
        <translation>无人操作时自动锁定</translation>
    </message>
    <message>
        <source>Everything stays as it is behind the lock; sending goes on.</source>
        <translation>锁定后内容保持原样，上报照常进行。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>不锁定</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>The new key counts. Tear up the old sheet.</source>
        <translation>新密钥已生效，请销毁旧的那张纸。</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>已送打印。</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>New password…</source>
        <translation>重设密码…</translation>
    </message>
    <message>
        <source>Let in…</source>
        <translation>让其使用…</translation>
    </message>
    <message>
        <source>rights until {day}</source>
        <translation>授权至 {day}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>收件人员</translation>
    </message>
    <message>
        <source>Helper, prepares</source>
        <translation>帮办员（只做准备）</translation>
    </message>
    <message>
        <source>Reviewer, reads here</source>
        <translation>审核员（在此只读）</translation>
    </message>
    <message>
        <source>Auditor, reads</source>
        <translation>审计员（只读）</translation>
    </message>
    <message>
        <source>Administrator, no cases</source>
        <translation>管理员（不办件）</translation>
    </message>
    <message>
        <source>No rights</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>授权已到期</translation>
    </message>
    <message>
        <source>No password here</source>
        <translation>本机未设密码</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>授权将到期</translation>
    </message>
    <message>
        <source>Can open</source>
        <translation>可以打开</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>to be signed</source>
        <translation>待签名</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>已签名</translation>
    </message>
    <message>
        <source>to be signed again</source>
        <translation>需重新签名</translation>
    </message>
</context>
<context>
    <name>PlanForm</name>
    <message>
        <source>Evening session</source>
        <translation>晚间场</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Back to the list without saving</source>
        <translation>不保存，回到列表</translation>
    </message>
    <message>
        <source>Change the plan</source>
        <translation>修改计划</translation>
    </message>
    <message>
        <source>Plan a session</source>
        <translation>排一场</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>How many weeks in a row</source>
        <translation>连续几周</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>PlanSide</name>
    <message>
        <source>Not closed</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>It runs on another laptop, or that laptop was never closed. Where it is dead, its laptops lead to what the centre holds of it, and its part is ended there.</source>
        <translation>它在另一台电脑上进行，或那台电脑一直没有关场。电脑若已坏，从“各台电脑”可查中心存有什么，并代为结束。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Call off</source>
        <translation>取消这一场</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>开场</translation>
    </message>
    <message>
        <source>Its laptops</source>
        <translation>各台电脑</translation>
    </message>
</context>
<context>
    <name>PlansScreen</name>
    <message>
        <source>Walk through the plans</source>
        <translation>在计划中上下移动</translation>
    </message>
    <message>
        <source>Plan a session</source>
        <translation>排一场</translation>
    </message>
    <message>
        <source>Change the plan</source>
        <translation>修改计划</translation>
    </message>
    <message>
        <source>Call the session off, with a reason</source>
        <translation>取消这一场，写明原因</translation>
    </message>
    <message>
        <source>Planned sessions</source>
        <translation>场次计划</translation>
    </message>
    <message>
        <source>Nothing is planned</source>
        <translation>还没有计划</translation>
    </message>
    <message>
        <source>Plan evenings and weekends here; colleagues at the compound and the centre see them.</source>
        <translation>在这里排晚间和周末的场次；同一小区的同事和中心都会看到。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Not held</source>
        <translation>未举行</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已排</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已开场</translation>
    </message>
    <message>
        <source>Called off</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Planned by {name}</source>
        <translation>计划人：{name}</translation>
    </message>
    <message>
        <source>the centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Called off: {reason}</source>
        <translation>取消原因：{reason}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>自 {time}</translation>
    </message>
    <message>
        <source>Not closed: {laptops}</source>
        <translation>未关闭：{laptops}</translation>
    </message>
    <message>
        <source>Open today&apos;s session or change a plan; one never closed: its laptops</source>
        <translation>按计划开今天的场，或修改计划；没有关闭的场次：打开各台电脑</translation>
    </message>
</context>
<context>
    <name>PresenceCard</name>
    <message>
        <source>Must be present</source>
        <translation>须到场</translation>
    </message>
    <message>
        <source>An agent comes instead of the applicant, a guardian together with the ward.</source>
        <translation>有代理人的由代理人到场，被监护人与监护人一同到场。</translation>
    </message>
</context>
<context>
    <name>PrintDesk</name>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>取消其余</translation>
    </message>
    <message>
        <source>Closing sheet</source>
        <translation>日结单</translation>
    </message>
    <message>
        <source>The figures have changed</source>
        <translation>数字有变化</translation>
    </message>
    <message>
        <source>{n} receipts tonight, {printed} of them printed</source>
        <translation>今晚收件凭证 {n} 份，已打印 {printed} 份</translation>
    </message>
    <message numerus="yes">
        <source>Print %n receipt(s)</source>
        <translation>
            <numerusform>打印 %n 份凭证</numerusform>
        </translation>
    </message>
    <message>
        <source>{printed} of {papers} printed</source>
        <translation>已打印 {printed} / {papers}</translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>%n 份已取消</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not printed · %n</source>
        <translation>
            <numerusform>没有打出 · %n 份</numerusform>
        </translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>may have come out; look before printing again</source>
        <translation>可能已打出，补打前请查看</translation>
    </message>
    <message>
        <source>the program ended before it was printed</source>
        <translation>程序退出前没有打印</translation>
    </message>
    <message>
        <source>did not come out</source>
        <translation>没有打出</translation>
    </message>
    <message>
        <source>Tonight&apos;s papers</source>
        <translation>今晚的文书</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再打一次</translation>
    </message>
</context>
<context>
    <name>PrivacyRow</name>
    <message>
        <source>Privacy notice given</source>
        <translation>已告知隐私事项</translation>
    </message>
    <message>
        <source>Privacy notice: not given yet. N shows it and records that it was.</source>
        <translation>隐私告知：尚未告知。按 N 显示告知书并记录已告知。</translation>
    </message>
    <message>
        <source>Privacy notice: somebody has joined since it was given.</source>
        <translation>隐私告知：告知之后又有申请人加入。</translation>
    </message>
    <message numerus="yes">
        <source>Privacy notice {version}: given to %n applicant(s)</source>
        <translation>
            <numerusform>隐私告知 {version}：已告知 %n 人</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ProgressScreen</name>
    <message>
        <source>Walk through the bars</source>
        <translation>在图条之间移动</translation>
    </message>
    <message>
        <source>Save the numbers as xlsx</source>
        <translation>把数据存为 xlsx</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Weeks</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Ageing</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>Evenings</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Save as xlsx</source>
        <translation>存为 xlsx</translation>
    </message>
    <message>
        <source>As known at this window, {time}: its own cases and those the centre told it of.</source>
        <translation>以本窗口 {time} 所知为准：本机受理的和中心告知的件。</translation>
    </message>
    <message>
        <source>Minutes per intake: {middle} (half lie between {low} and {high})</source>
        <translation>每件用时：{middle} 分钟（半数在 {low} 至 {high} 分钟之间）</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>化解率</translation>
    </message>
    <message>
        <source>Buyers&apos; transfers</source>
        <translation>购房人转移登记</translation>
    </message>
    <message>
        <source>{got} received, {made} certificates</source>
        <translation>收件 {got}，发证 {made}</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>补正</translation>
    </message>
    <message>
        <source>Promised paper</source>
        <translation>容缺补交</translation>
    </message>
    <message>
        <source>overdue by more than 30 days</source>
        <translation>超期 30 天以上</translation>
    </message>
    <message>
        <source>overdue by 8 to 30 days</source>
        <translation>超期 8–30 天</translation>
    </message>
    <message>
        <source>overdue by up to a week</source>
        <translation>超期一周内</translation>
    </message>
    <message>
        <source>due within a week</source>
        <translation>一周内到期</translation>
    </message>
    <message>
        <source>due later</source>
        <translation>以后到期</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Homes</source>
        <translation>户数</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收件</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已转移登记</translation>
    </message>
    <message>
        <source>Not proved</source>
        <translation>无佐证</translation>
    </message>
    <message>
        <source>Transfer rate</source>
        <translation>转移登记率</translation>
    </message>
    <message>
        <source>All compounds</source>
        <translation>全部小区</translation>
    </message>
    <message>
        <source>Print the report</source>
        <translation>打印报告</translation>
    </message>
    <message>
        <source>Save the report as PDF</source>
        <translation>把报告存为 PDF</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Compound or county</source>
        <translation>小区或县区</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>the homes that were sold, where their number is known</source>
        <translation>已售套数（未填报的按全部套数）</translation>
    </message>
    <message>
        <source>Counted against {homes}. A project is resolved over {threshold}%. Targets {version}.</source>
        <translation>分母为{homes}；项目转移登记率超过 {threshold}% 才计为化解。指标版本 {version}。</translation>
    </message>
    <message>
        <source>all homes</source>
        <translation>全部套数</translation>
    </message>
    <message>
        <source>{county}: resolved</source>
        <translation>{county}：化解率</translation>
    </message>
    <message>
        <source>{county}: buyers&apos; transfers</source>
        <translation>{county}：购房人转移登记</translation>
    </message>
    <message>
        <source>Resolved homes (projects)</source>
        <translation>化解套数（项目数）</translation>
    </message>
</context>
<context>
    <name>PromiseSheet</name>
    <message>
        <source>Promised for later</source>
        <translation>容缺，以后补交</translation>
    </message>
    <message>
        <source>Opinion in its place</source>
        <translation>认定意见代替</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>There, but not in due form</source>
        <translation>有，但不合规范</translation>
    </message>
    <message>
        <source>To be handed in by</source>
        <translation>补交期限</translation>
    </message>
    <message>
        <source>At the latest {last}: {days} days</source>
        <translation>最迟 {last}（{days} 日内）</translation>
    </message>
    <message>
        <source>Opinion or minutes: title</source>
        <translation>认定意见或者会议纪要名称</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Because of category</source>
        <translation>依据类别</translation>
    </message>
    <message>
        <source>Opinion of</source>
        <translation>认定部门</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The case is taken in without this paper; nothing is registered before it comes. The promise is printed, signed, and captured in its own row.</source>
        <translation>先收件，材料补齐之前不登簿。承诺书打印、签名后，拍入它自己的一行。</translation>
    </message>
    <message>
        <source>A department&apos;s opinion stands in for a paper that can no longer be had; nothing comes later.</source>
        <translation>已无法取得的材料，由部门认定意见代替，以后不再补交。</translation>
    </message>
</context>
<context>
    <name>Promises</name>
    <message>
        <source>Promise the paper for later, or enter an opinion in its place</source>
        <translation>容缺承诺，或者录入代替它的认定意见</translation>
    </message>
    <message>
        <source>Promise or opinion</source>
        <translation>容缺或认定</translation>
    </message>
    <message>
        <source>{item} may neither be promised for later nor be replaced</source>
        <translation>{item}不能容缺，也没有可以代替的认定意见</translation>
    </message>
    <message>
        <source>Promised until {day}</source>
        <translation>承诺 {day}前补交</translation>
    </message>
    <message>
        <source>Opinion of {department} in its place</source>
        <translation>{department}认定意见代替</translation>
    </message>
</context>
<context>
    <name>PropertyPage</name>
    <message>
        <source>Property</source>
        <translation>不动产</translation>
    </message>
    <message>
        <source>Search the house number</source>
        <translation>搜索房号</translation>
    </message>
    <message>
        <source>Move in the building table</source>
        <translation>在楼盘表中移动</translation>
    </message>
    <message>
        <source>Take this household and go on</source>
        <translation>选定这一户并继续</translation>
    </message>
    <message>
        <source>Former and next building</source>
        <translation>上一栋、下一栋</translation>
    </message>
    <message>
        <source>Go on: type</source>
        <translation>下一步：事项</translation>
    </message>
    <message>
        <source>Take {room}</source>
        <translation>选定 {room}</translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Name, initials, digits, house, receipt</source>
        <translation>姓名、拼音首字母、尾号、房号、收件编号</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Walk through the list</source>
        <translation>在列表中上下移动</translation>
    </message>
    <message>
        <source>Hold: show name and numbers of this case</source>
        <translation>按住：查看本件的姓名和号码</translation>
    </message>
    <message>
        <source>Close the case</source>
        <translation>收起这一件</translation>
    </message>
    <message>
        <source>No application yet</source>
        <translation>还没有申请</translation>
    </message>
    <message>
        <source>Every case taken at this window is listed here, with where it is.</source>
        <translation>本窗口收的每一件都列在这里，并标明现在在哪。</translation>
    </message>
    <message>
        <source>Start an intake</source>
        <translation>开始受理</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try fewer letters, the last four digits, or the house number such as 3-2-1201.</source>
        <translation>少打几个字试试，或用后四位、房号（如 3-2-1201）。</translation>
    </message>
    <message>
        <source>All papers of this case</source>
        <translation>本件的全部文书</translation>
    </message>
    <message>
        <source>Not accepted, or withdrawn: end this case</source>
        <translation>不予受理或者撤回：办结本案</translation>
    </message>
    <message>
        <source>Let this draft go on in the newest rules</source>
        <translation>草稿改用新规则</translation>
    </message>
    <message>
        <source>Calls about corrections</source>
        <translation>补正电话单</translation>
    </message>
    <message>
        <source>Go on with the case: draft, correction, comparison, or its receipt</source>
        <translation>继续这件申请：草稿、补正、比较或凭证</translation>
    </message>
    <message>
        <source>Its receipt</source>
        <translation>收件凭证</translation>
    </message>
    <message>
        <source>Mend or supplement this case</source>
        <translation>补正或补充这件申请</translation>
    </message>
</context>
<context>
    <name>RareCard</name>
    <message>
        <source>No font here has it: go by the card.</source>
        <translation>本机没有这个字的字形，以证件为准。</translation>
    </message>
    <message>
        <source>Rare characters</source>
        <translation>生僻字</translation>
    </message>
</context>
<context>
    <name>RatingView</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <translation>不评价</translation>
    </message>
    <message>
        <source>How was it here today?</source>
        <translation>今天的服务怎么样？</translation>
    </message>
    <message>
        <source>The staff cannot see what you touch; it is not kept with your case.</source>
        <translation>工作人员看不到您的选择，也不会记在您的件上。</translation>
    </message>
    <message>
        <source>We are sorry. What was it?</source>
        <translation>很抱歉。是什么原因？</translation>
    </message>
    <message>
        <source>You may touch more than one.</source>
        <translation>可以选多项。</translation>
    </message>
</context>
<context>
    <name>ReaderPanel</name>
    <message>
        <source>entered</source>
        <translation>已填</translation>
    </message>
</context>
<context>
    <name>ReadyCheckScreen</name>
    <message>
        <source>Look at everything again</source>
        <translation>全部重新检查</translation>
    </message>
    <message>
        <source>Measure sharpness on the test page under the camera</source>
        <translation>用摄像头下的测试页测清晰度</translation>
    </message>
    <message>
        <source>Print a test page</source>
        <translation>打印测试页</translation>
    </message>
    <message>
        <source>Lay the test page under the camera, press S.</source>
        <translation>把测试页放在摄像头下，按 S。</translation>
    </message>
    <message>
        <source>None is plugged in.</source>
        <translation>没有插摄像头。</translation>
    </message>
    <message>
        <source>Needs a camera.</source>
        <translation>需要摄像头。</translation>
    </message>
    <message>
        <source>None found; the camera can do without.</source>
        <translation>没有找到；有摄像头也能办。</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>有应答。</translation>
    </message>
    <message>
        <source>None answers; names and numbers would be typed.</source>
        <translation>没有应答；姓名和号码要人工填写。</translation>
    </message>
    <message>
        <source>None found, or the chosen one is not connected.</source>
        <translation>没有找到，或选定的打印机没有连接。</translation>
    </message>
    <message>
        <source>{name} takes no jobs now.</source>
        <translation>{name} 现在不接任务。</translation>
    </message>
    <message>
        <source>Not compared yet: connect to the centre once.</source>
        <translation>还没有核对：请与中心连接一次。</translation>
    </message>
    <message>
        <source>Against the centre: {offset}</source>
        <translation>与中心相差 {offset}</translation>
    </message>
    <message>
        <source>No contact with the centre since the start.</source>
        <translation>启动后还没有联系过中心。</translation>
    </message>
    <message numerus="yes">
        <source>Last brought up to date %n day(s) ago</source>
        <translation>
            <numerusform>%n 天前更新</numerusform>
        </translation>
    </message>
    <message>
        <source>For about {count} applications</source>
        <translation>大约还能存 {count} 件</translation>
    </message>
    <message>
        <source>{count} receipt numbers</source>
        <translation>收件编号还有 {count} 个</translation>
    </message>
    <message>
        <source>No battery is reported: on the mains.</source>
        <translation>没有电池信息：使用外接电源。</translation>
    </message>
    <message>
        <source>Photographing…</source>
        <translation>正在拍摄…</translation>
    </message>
    <message>
        <source>No test page in sight: lay it down flat.</source>
        <translation>没有看到测试页：请放平。</translation>
    </message>
    <message>
        <source>Blurred ({text}): clean the lens, set the height.</source>
        <translation>模糊（{text}）：擦镜头，调高度。</translation>
    </message>
    <message>
        <source>Small print is sharp.</source>
        <translation>小字清楚。</translation>
    </message>
    <message>
        <source>Test page</source>
        <translation>测试页</translation>
    </message>
    <message>
        <source>The test page is on its way: look whether its frame is whole.</source>
        <translation>测试页已送去打印：看边框是否完整。</translation>
    </message>
    <message>
        <source>Ready to go?</source>
        <translation>出发前自检</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测清晰度</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫描仪</translation>
    </message>
    <message>
        <source>Identity card reader</source>
        <translation>身份证读卡器</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>电池</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>请看一下</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) to look at</source>
        <translation>
            <numerusform>有 %n 处要看</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可以出发</translation>
    </message>
    <message>
        <source>Second copy</source>
        <translation>第二副本</translation>
    </message>
</context>
<context>
    <name>ReadyResult</name>
    <message>
        <source>Not checked</source>
        <translation>未自检</translation>
    </message>
    <message>
        <source>Are the devices ready? Look before you begin</source>
        <translation>设备备好了吗？开场前看一眼</translation>
    </message>
    <message>
        <source>Devices were looked at last on {when}: look again</source>
        <translation>上次自检是 {when}，请再看一遍</translation>
    </message>
    <message>
        <source>Not checked today</source>
        <translation>今天未自检</translation>
    </message>
    <message>
        <source>Looked at {when}: everything is there</source>
        <translation>{when} 自检：全部就绪</translation>
    </message>
    <message>
        <source>Ready to go</source>
        <translation>已就绪</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>看一下</translation>
    </message>
    <message>
        <source>Looked at {when}: {names}</source>
        <translation>{when} 自检：{names}</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Print another copy?</source>
        <translation>再打印一份？</translation>
    </message>
    <message>
        <source>It is marked as a reprint, with its count and your name. The reason is kept.</source>
        <translation>会标明“补打”、次数和您的姓名，原因留存备查。</translation>
    </message>
    <message>
        <source>The paper jammed or is damaged</source>
        <translation>卡纸或纸张损坏</translation>
    </message>
    <message>
        <source>The applicant lost it</source>
        <translation>申请人遗失</translation>
    </message>
    <message>
        <source>The applicant asks for another copy</source>
        <translation>申请人要求再要一份</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Declare this receipt void?</source>
        <translation>作废这份收件凭证？</translation>
    </message>
    <message>
        <source>This cannot be taken back. The case stays; take the paper back from the applicant.</source>
        <translation>作废后不能恢复。办件保留；请向申请人收回纸质凭证。</translation>
    </message>
    <message>
        <source>Facts were entered wrongly</source>
        <translation>录入有误</translation>
    </message>
    <message>
        <source>The applicant withdraws</source>
        <translation>申请人撤回</translation>
    </message>
    <message>
        <source>Issued twice</source>
        <translation>重复开具</translation>
    </message>
    <message>
        <source>Declare void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ReceiptScans</name>
    <message>
        <source>Receipt {number}: F5 opens its case</source>
        <translation>收件凭证 {number}：按 F5 打开这件</translation>
    </message>
</context>
<context>
    <name>ReceiptScreen</name>
    <message>
        <source>Intake receipt</source>
        <translation>收件凭证</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>80 mm roll</source>
        <translation>80 mm 小票</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message>
        <source>Next applicant</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>A4, or the 80 mm roll</source>
        <translation>A4 或 80 mm 小票</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开这一件</translation>
    </message>
    <message>
        <source>Sent to the printer…</source>
        <translation>已送往打印机…</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印…</translation>
    </message>
    <message>
        <source>Printed on {printer}</source>
        <translation>已由 {printer} 打印</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>保存收件凭证</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>已存为 {file}</translation>
    </message>
    <message>
        <source>Call the next number</source>
        <translation>叫下一号</translation>
    </message>
</context>
<context>
    <name>RecordsScreen</name>
    <message>
        <source>Following every row…</source>
        <translation>正在逐行核对…</translation>
    </message>
    <message>
        <source>Where to write the audit log</source>
        <translation>审计日志写到哪里</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written and signed.</source>
        <translation>
            <numerusform>已写出 %n 行并签名。</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to save the certificate</source>
        <translation>证明保存到哪里</translation>
    </message>
    <message>
        <source>The certificate is saved.</source>
        <translation>证明已保存。</translation>
    </message>
    <message>
        <source>Where to save the bundle</source>
        <translation>支持包保存到哪里</translation>
    </message>
    <message>
        <source>Saved. It holds this text and nothing else.</source>
        <translation>已保存，里面只有上面这些文字。</translation>
    </message>
    <message>
        <source>Verify the audit log</source>
        <translation>核验审计日志</translation>
    </message>
    <message>
        <source>Export it</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save the newest certificate</source>
        <translation>保存最近的销毁证明</translation>
    </message>
    <message>
        <source>Make a support bundle</source>
        <translation>生成支持包</translation>
    </message>
    <message>
        <source>Save the bundle</source>
        <translation>保存支持包</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Every act leaves a row that seals the one before it: who, where, and by both clocks.</source>
        <translation>每个操作留一行，环环相扣：谁、在哪里、两个时钟各是几点。</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Originals destroyed</source>
        <translation>已销毁的原始影像</translation>
    </message>
    <message>
        <source>Originals go {days} days after the centre has signed for them, never before; the squared copies stay. Rule {version}.</source>
        <translation>原始影像在中心签名回执满 {days} 日后销毁，绝不提前；裁正后的影像保留。规则 {version}。</translation>
    </message>
    <message>
        <source>Save the certificate…</source>
        <translation>保存证明…</translation>
    </message>
    <message>
        <source>Support bundle</source>
        <translation>支持包</translation>
    </message>
    <message>
        <source>Versions, settings, counts, states and the newest log lines; no names, numbers or pictures. Read it here before you give it to anybody.</source>
        <translation>版本、设置、数量、状态和最近的日志；没有姓名、号码和影像。交给别人之前先在这里看一遍。</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Save as shown…</source>
        <translation>照此保存…</translation>
    </message>
    <message>
        <source>Not verified here yet</source>
        <translation>在此尚未核验</translation>
    </message>
    <message>
        <source>Stands, {at}</source>
        <translation>完整，{at}</translation>
    </message>
    <message>
        <source>Row {row} does not stand</source>
        <translation>第 {row} 行有问题</translation>
    </message>
    <message>
        <source>the centre holds it through row {seq}</source>
        <translation>中心存到第 {seq} 行</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>the centre holds none of it yet</source>
        <translation>中心还没有存</translation>
    </message>
    <message>
        <source>What goes into the bundle</source>
        <translation>支持包的内容</translation>
    </message>
</context>
<context>
    <name>RecoveryCard</name>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Opens this machine when a password is forgotten. A new one is good once you say that it is put away; until then the printed one before it goes on opening.</source>
        <translation>忘记密码时用它打开这台电脑。新密钥在确认收好之后生效；在此之前，原来打印的那份仍然有效。</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>生成新密钥</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>I have put the new key away</source>
        <translation>我已把新密钥收好</translation>
    </message>
    <message>
        <source>The old key no longer counts</source>
        <translation>停用旧密钥</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Recovery key · Jilai</source>
        <translation>恢复密钥 · 即来</translation>
    </message>
    <message>
        <source>Account {account} · {day}</source>
        <translation>账号 {account} · {day}</translation>
    </message>
    <message>
        <source>This key opens the machine&apos;s data when the password is forgotten. Keep it locked away from the machine. On the unlock page choose “Use the recovery key” and type it group by group.</source>
        <translation>忘记密码时，用这个密钥打开本机的数据。请锁好，不要和电脑放在一起。使用时在解锁页点“使用恢复密钥”，逐组输入。</translation>
    </message>
</context>
<context>
    <name>RefusalSheet</name>
    <message>
        <source>Not accepted?</source>
        <translation>不予受理？</translation>
    </message>
    <message>
        <source>The case ends with a notice of refusal that tells everything that is missing, once. The notice goes into the print queue; entries and pages stay on this disk.</source>
        <translation>案件以不予受理告知书办结，缺少的内容一次告知。告知书进入打印队列；录入内容和页面仍留在本机。</translation>
    </message>
    <message>
        <source>Something is missing</source>
        <translation>材料不齐或不符</translation>
    </message>
    <message>
        <source>Another body registers it</source>
        <translation>不属于本机构</translation>
    </message>
    <message>
        <source>Reason, beside what is listed</source>
        <translation>其他原因（所列之外）</translation>
    </message>
    <message>
        <source>Which body registers it</source>
        <translation>应向哪个机构申请</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Refuse and print the notice</source>
        <translation>不予受理并打印告知书</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 项</translation>
    </message>
    <message>
        <source>Nothing is missing in this case.</source>
        <translation>这件申请没有缺项。</translation>
    </message>
</context>
<context>
    <name>ReminderCard</name>
    <message>
        <source>Calls</source>
        <translation>电话单</translation>
    </message>
    <message>
        <source>Promised paper overdue since {day}: {paper}</source>
        <translation>容缺材料已过期（{day}）：{paper}</translation>
    </message>
    <message>
        <source>Promised paper due on {day}: {paper}</source>
        <translation>容缺材料 {day} 到期：{paper}</translation>
    </message>
    <message>
        <source>Correction overdue since {day}</source>
        <translation>补正已过期（{day}）</translation>
    </message>
    <message>
        <source>Correction due on {day}</source>
        <translation>补正 {day} 到期</translation>
    </message>
    <message>
        <source>Returned on {day}, nobody has come</source>
        <translation>{day} 退回，至今无人来补</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to do</source>
        <translation>
            <numerusform>%n 件待办</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Resident</name>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 人</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>房屋</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>{here} of {all} in hand</source>
        <translation>已交 {here} / {all} 件</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Seller</source>
        <translation>义务人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理人</translation>
    </message>
</context>
<context>
    <name>ResidentFace</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>Please keep your receipt.</source>
        <translation>请收好您的凭证。</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止朗读</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
</context>
<context>
    <name>ResidentRoom</name>
    <message>
        <source>That is too short for a signature. Please sign again.</source>
        <translation>签名太短，请重新签。</translation>
    </message>
</context>
<context>
    <name>RestoreScreen</name>
    <message>
        <source>The folder of the second copy</source>
        <translation>第二副本的文件夹</translation>
    </message>
    <message>
        <source>Copying and proving every page…</source>
        <translation>正在复制并逐页核验…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Open from a second copy</source>
        <translation>从第二副本打开</translation>
    </message>
    <message>
        <source>This machine goes on where the other one stood. The other one must not be used any more: its receipt numbers that are left are given up.</source>
        <translation>这台机器接着那台办下去。那台不能再用：它剩余的编号作废。</translation>
    </message>
    <message>
        <source>Choose its folder…</source>
        <translation>选它的文件夹…</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入的内容</translation>
    </message>
    <message>
        <source>Take over and go on</source>
        <translation>接过来继续办</translation>
    </message>
    <message>
        <source>Unlock it</source>
        <translation>去解锁</translation>
    </message>
    <message>
        <source>{folder}: as of {at}, {pages}, {size}</source>
        <translation>{folder}：截至 {at}，{pages}，{size}</translation>
    </message>
    <message numerus="yes">
        <source>%n page file(s)</source>
        <translation>
            <numerusform>%n 个页面文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything is here: %n page file(s) were opened.</source>
        <translation>
            <numerusform>都在这里了：%n 个页面文件逐一打开过。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page file(s) of the copy were bad and are missing.</source>
        <translation>
            <numerusform>副本里有 %n 个页面文件是坏的，缺着。</numerusform>
        </translation>
    </message>
    <message>
        <source>Password, or the recovery key</source>
        <translation>密码，或恢复密钥</translation>
    </message>
</context>
<context>
    <name>ReviewFacts</name>
    <message>
        <source>Right holder</source>
        <translation>权利人</translation>
    </message>
    <message>
        <source>Obligor</source>
        <translation>义务人</translation>
    </message>
    <message>
        <source>Filed together</source>
        <translation>共同申请</translation>
    </message>
    <message>
        <source>Filed alone</source>
        <translation>单方申请</translation>
    </message>
    <message>
        <source>a certificate each</source>
        <translation>分别持证</translation>
    </message>
    <message>
        <source>Filing</source>
        <translation>申请方式</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>不动产</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>registration</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>transaction</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>tax</source>
        <translation>缴税</translation>
    </message>
    <message>
        <source>fee</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>legacy problem</source>
        <translation>历史遗留</translation>
    </message>
    <message>
        <source>certificate on delivery</source>
        <translation>交房即交证</translation>
    </message>
    <message>
        <source>green channel</source>
        <translation>绿色通道</translation>
    </message>
    <message>
        <source>across provinces</source>
        <translation>跨省通办</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>询问记录</translation>
    </message>
    <message>
        <source>{done} of {all} answered</source>
        <translation>已答 {done} / {all}</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>{done} of {all} signed</source>
        <translation>已签 {done} / {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n of them on paper</source>
        <translation>
            <numerusform>其中 %n 处在纸上签</numerusform>
        </translation>
    </message>
    <message>
        <source>{amount} yuan</source>
        <translation>{amount} 元</translation>
    </message>
    <message>
        <source>Free of charge</source>
        <translation>不收费</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复印件</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Online</source>
        <translation>联网核验</translation>
    </message>
    <message>
        <source>Waiting for the online check</source>
        <translation>待联网核验</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review and submit</source>
        <translation>核对与提交</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Go to what is missing</source>
        <translation>转到所缺之处</translation>
    </message>
    <message>
        <source>Choose a line</source>
        <translation>选择一行</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) still open</source>
        <translation>
            <numerusform>还有 %n 处未完成</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter goes to the first; each line leads to its entry.</source>
        <translation>按 Enter 转到第一处；点每一行到它的位置。</translation>
    </message>
    <message>
        <source>Everything is here</source>
        <translation>都齐了</translation>
    </message>
    <message>
        <source>Submitting gives the receipt number and freezes the case. It works without a network; the centre is told as soon as it can be reached.</source>
        <translation>提交后取得收件编号，内容冻结。没有网络也能提交，连上中心后自动送达。</translation>
    </message>
    <message>
        <source>Files are still being added; submit when they are there.</source>
        <translation>文件还在添加，添加完再提交。</translation>
    </message>
    <message>
        <source>Take the newest rules</source>
        <translation>改用新规则</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不予受理…</translation>
    </message>
    <message>
        <source>Not accepted: end the case with its notice</source>
        <translation>不予受理：出告知书办结</translation>
    </message>
    <message>
        <source>Take the newest rules, where the draft began with older ones</source>
        <translation>草稿按旧规则开始时，改用新规则</translation>
    </message>
    <message>
        <source>Enter goes to the first. What cannot be had today: F9 prints the notice of it all.</source>
        <translation>按 Enter 转到第一处；今天拿不齐的，按 F9 出具一次性告知的不予受理通知。</translation>
    </message>
    <message>
        <source>Confirmed by the applicant</source>
        <translation>申请人已确认</translation>
    </message>
    <message>
        <source>Changed since it was confirmed</source>
        <translation>确认之后有改动</translation>
    </message>
</context>
<context>
    <name>RevisionsSection</name>
    <message>
        <source>Revisions before</source>
        <translation>以前的版本</translation>
    </message>
    <message>
        <source>Revision {n}, returned by the centre</source>
        <translation>第 {n} 版，中心退回</translation>
    </message>
    <message>
        <source>Revision {n}, not taken by the centre</source>
        <translation>第 {n} 版，中心未收</translation>
    </message>
    <message>
        <source>Revision {n}, beside another one of the centre</source>
        <translation>第 {n} 版，与中心的版本不一致</translation>
    </message>
    <message>
        <source>Revision {n}, supplemented</source>
        <translation>第 {n} 版，已补充</translation>
    </message>
    <message>
        <source>Revision {n}, given up as a draft</source>
        <translation>第 {n} 版，已放弃的草稿</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Taking in, refusing, withdrawing and voiding are the operator&apos;s; you may not do them.</source>
        <translation>收件、不予受理、撤回和凭证作废由收件人员办理，您的岗位不能办理。</translation>
    </message>
</context>
<context>
    <name>RouteNotice</name>
    <message>
        <source>Bring</source>
        <translation>需带材料</translation>
    </message>
    <message>
        <source>By the main hall</source>
        <translation>转大厅办理</translation>
    </message>
    <message>
        <source>Taken in here</source>
        <translation>本窗口收件</translation>
    </message>
    <message>
        <source>Taken in at this window and brought to the main hall the same day.</source>
        <translation>在本窗口收件，当天转送大厅。</translation>
    </message>
    <message>
        <source>By appointment</source>
        <translation>预约办理</translation>
    </message>
    <message>
        <source>Not taken in here</source>
        <translation>本窗口不收件</translation>
    </message>
    <message>
        <source>The registration body hears all heirs itself; here only the way is shown.</source>
        <translation>登记机构须当面查验、询问全部继承人；本窗口只作指引和预约。</translation>
    </message>
    <message>
        <source>Agree on a day with the main hall, give the list of papers along, and print the notice in the review: nobody leaves without a paper.</source>
        <translation>与大厅约定时间，交给材料清单，并在核对一步打印告知书：不让人空手而归。</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>另处办理</translation>
    </message>
    <message>
        <source>Handled at the main hall.</source>
        <translation>由登记机构大厅办理。</translation>
    </message>
    <message>
        <source>Tell the applicant where to go, and print the notice in the review.</source>
        <translation>告知去哪里办理，并在核对一步打印告知书。</translation>
    </message>
</context>
<context>
    <name>RowGuess</name>
    <message>
        <source>Looks like: {item}</source>
        <translation>像是：{item}</translation>
    </message>
    <message>
        <source>This page is where it seems to belong</source>
        <translation>这一页就在它该在的栏里</translation>
    </message>
    <message>
        <source>Moved to: {item}</source>
        <translation>已移到：{item}</translation>
    </message>
    <message>
        <source>Looks like: {item}. G moves it there</source>
        <translation>像是{item}，按 G 移过去</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) sorted into their rows</source>
        <translation>
            <numerusform>%n 页已归到各自的栏</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Scanning</name>
    <message>
        <source>Scanner</source>
        <translation>扫描仪</translation>
    </message>
</context>
<context>
    <name>ScrollArea</name>
    <message>
        <source>More text: scroll with the arrow keys</source>
        <translation>下面还有文字，用方向键滚动</translation>
    </message>
</context>
<context>
    <name>SecondPersonCard</name>
    <message>
        <source>A second person confirms</source>
        <translation>第二人确认</translation>
    </message>
    <message>
        <source>Account of the second person</source>
        <translation>确认人账号</translation>
    </message>
    <message>
        <source>Their password</source>
        <translation>确认人密码</translation>
    </message>
    <message>
        <source>Why it is done alone</source>
        <translation>单人办理的理由</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入内容</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Looking up who can confirm…</source>
        <translation>正在查找可以确认的人员…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Asked of {names}. You stay the one at the window; both names are kept.</source>
        <translation>可由 {names} 确认。窗口仍是您在办理；两人都记入审计日志。</translation>
    </message>
    <message>
        <source>Nobody else at this machine can confirm. You may go on alone; the reason is kept.</source>
        <translation>本机没有其他人可以确认。您可以写明理由单人办理，理由记入审计日志。</translation>
    </message>
    <message>
        <source>Nobody else at this machine can confirm. The centre can end a person&apos;s rights.</source>
        <translation>本机没有其他人可以确认。请中心停用该人员的权限。</translation>
    </message>
    <message>
        <source>Go on alone</source>
        <translation>单人办理</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>A second person confirms: {name} is removed</source>
        <translation>第二人确认：移除{name}</translation>
    </message>
    <message>
        <source>A second person confirms: {name} gets a new password</source>
        <translation>请第二人确认：为 {name} 重设密码</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>when you retry it (R)</source>
        <translation>等你重试（R）</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>The centre holds it</source>
        <translation>中心已持有</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>还没送出</translation>
    </message>
    <message>
        <source>Its turn comes</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>The link is paused</source>
        <translation>链路已暂停</translation>
    </message>
    <message>
        <source>Let it run again when you want things to go (P).</source>
        <translation>想继续传送时恢复（P）。</translation>
    </message>
    <message>
        <source>when the link runs again</source>
        <translation>恢复后</translation>
    </message>
    <message>
        <source>now</source>
        <translation>马上</translation>
    </message>
    <message>
        <source>as soon as the centre answers</source>
        <translation>中心一有回应就传</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>Withdrawal</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Void receipt</source>
        <translation>凭证作废</translation>
    </message>
    <message>
        <source>{held} of {all}</source>
        <translation>{held} / {all}</translation>
    </message>
    <message>
        <source>Only facts travel, as you chose</source>
        <translation>按你的选择只传信息</translation>
    </message>
    <message>
        <source>This link is paid by volume</source>
        <translation>这条链路按流量计费</translation>
    </message>
    <message>
        <source>Put right what it says, then retry (R).</source>
        <translation>照它说的改正，再重试（R）。</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>已全部送出</translation>
    </message>
    <message>
        <source>The centre&apos;s confirmation is still to come</source>
        <translation>等中心确认</translation>
    </message>
    <message>
        <source>Facts sent</source>
        <translation>信息已送达</translation>
    </message>
    <message>
        <source>Let pages travel again, or send them over this link.</source>
        <translation>恢复传材料，或同意用这条链路传。</translation>
    </message>
    <message>
        <source>when pages may travel</source>
        <translation>允许传材料后</translation>
    </message>
    <message>
        <source>confirmed {time}</source>
        <translation>{time} 确认</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>{time}</translation>
    </message>
    <message>
        <source>Pages to go: {n}</source>
        <translation>还有 {n} 页要传</translation>
    </message>
    <message>
        <source>in {n} s</source>
        <translation>{n} 秒后</translation>
    </message>
    <message>
        <source>Next try: {when}</source>
        <translation>下次尝试：{when}</translation>
    </message>
    <message>
        <source>Record: {topic}</source>
        <translation>记录：{topic}</translation>
    </message>
    <message>
        <source>session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>waiting line</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>评价</translation>
    </message>
    <message>
        <source>home visit</source>
        <translation>上门</translation>
    </message>
    <message>
        <source>compound&apos;s file</source>
        <translation>小区档案</translation>
    </message>
    <message>
        <source>survey</source>
        <translation>摸排</translation>
    </message>
    <message>
        <source>ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>certificate handed over</source>
        <translation>领证</translation>
    </message>
    <message>
        <source>plan of sessions</source>
        <translation>场次计划</translation>
    </message>
</context>
<context>
    <name>SendingList</name>
    <message>
        <source>Receipt number</source>
        <translation>收件编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Pages there</source>
        <translation>已到页数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次尝试</translation>
    </message>
</context>
<context>
    <name>SendingScreen</name>
    <message>
        <source>Walk through what is on its way</source>
        <translation>在列表中移动</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开案件</translation>
    </message>
    <message>
        <source>Retry this item</source>
        <translation>重试这一件</translation>
    </message>
    <message>
        <source>Retry everything that failed</source>
        <translation>重试所有失败的</translation>
    </message>
    <message>
        <source>Ask what the centre holds of it</source>
        <translation>问中心收到了什么</translation>
    </message>
    <message>
        <source>Pause the link, or let it run</source>
        <translation>暂停链路，或恢复</translation>
    </message>
    <message>
        <source>Only facts, or everything</source>
        <translation>只传信息，或全部</translation>
    </message>
    <message>
        <source>Limit for pages</source>
        <translation>材料限速</translation>
    </message>
    <message>
        <source>Send pages over a link that is paid by volume</source>
        <translation>用按流量计费的链路传材料</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Has everything arrived?</source>
        <translation>都到齐了吗？</translation>
    </message>
    <message>
        <source>Print the certificate of arrival</source>
        <translation>打印到达证明</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>传送中</translation>
    </message>
    <message>
        <source>Retry all</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>Nothing on its way</source>
        <translation>没有要传送的</translation>
    </message>
    <message>
        <source>What is submitted on this machine stands here, with how far it is on its way.</source>
        <translation>本机提交的申请列在这里，看得到每一件传到了哪里。</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <translation>
            <numerusform>%n 件需要处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed, going again</source>
        <translation>
            <numerusform>%n 件未成，将重试</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n under way</source>
        <translation>
            <numerusform>%n 件传送中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held by the centre</source>
        <translation>
            <numerusform>%n 件中心已持有</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendingTable</name>
    <message>
        <source>What is on its way</source>
        <translation>在途的材料</translation>
    </message>
</context>
<context>
    <name>SessionFields</name>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Kind of place</source>
        <translation>地点类型</translation>
    </message>
    <message>
        <source>Where exactly</source>
        <translation>具体位置</translation>
    </message>
    <message>
        <source>Name of the session</source>
        <translation>场次名称</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Building, room; may be left empty</source>
        <translation>几号楼、哪一间，可不填</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>不注明</translation>
    </message>
    <message>
        <source>Project registered</source>
        <translation>已办首次登记</translation>
    </message>
    <message>
        <source>Filed together</source>
        <translation>首次、转移一并申请</translation>
    </message>
    <message>
        <source>Project not registered</source>
        <translation>首次登记未办</translation>
    </message>
</context>
<context>
    <name>SessionForm</name>
    <message>
        <source>Opening…</source>
        <translation>正在开场…</translation>
    </message>
    <message>
        <source>No compound yet</source>
        <translation>还没有小区</translation>
    </message>
    <message>
        <source>The centre sends compounds and building tables by itself once this machine is enrolled and in contact. The link at the top right says how it stands.</source>
        <translation>本机登记并连上中心后，小区和楼盘表会自动送来。连接情况见右上角。</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>开场</translation>
    </message>
    <message>
        <source>The place belongs to the session: choose where you are.</source>
        <translation>服务点随场次而定：选择现在所在的小区。</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>开场</translation>
    </message>
    <message>
        <source>Evening session</source>
        <translation>晚间场</translation>
    </message>
    <message>
        <source>Day session</source>
        <translation>日间场</translation>
    </message>
    <message>
        <source>Code of a session that runs already</source>
        <translation>已有场次的场次码</translation>
    </message>
    <message>
        <source>On Tonight of the other laptop</source>
        <translation>在另一台电脑的“今晚”页上</translation>
    </message>
    <message>
        <source>A session runs already: join it</source>
        <translation>已有一场在进行，可以加入</translation>
    </message>
    <message>
        <source>{place} · {title} · {name}, since {time}</source>
        <translation>{place} · {title} · {name}，{time} 起</translation>
    </message>
    <message>
        <source>Join the session</source>
        <translation>加入这一场</translation>
    </message>
    <message>
        <source>Planned sessions</source>
        <translation>场次计划</translation>
    </message>
    <message>
        <source>{place} · {title} · {starts} to {ends}</source>
        <translation>{place} · {title} · {starts} 至 {ends}</translation>
    </message>
    <message>
        <source>Running already, or planned for today</source>
        <translation>已在进行，或今天有计划</translation>
    </message>
    <message>
        <source>Planned for today</source>
        <translation>今天的计划</translation>
    </message>
    <message>
        <source>Filled in as planned: {place}, {starts} to {ends}.</source>
        <translation>已按计划填好：{place}，{starts} 至 {ends}。</translation>
    </message>
</context>
<context>
    <name>SignaturesPage</name>
    <message>
        <source>Signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Go on: fees</source>
        <translation>继续：费用</translation>
    </message>
    <message>
        <source>Wipe the pad, or take this signature back</source>
        <translation>清除签字板，或者撤回这个签名</translation>
    </message>
    <message>
        <source>Signed with a pen on paper</source>
        <translation>已在纸上签名</translation>
    </message>
    <message>
        <source>Former and next place to sign</source>
        <translation>上一处、下一处签名</translation>
    </message>
    <message>
        <source>Scroll the text</source>
        <translation>滚动正文</translation>
    </message>
    <message>
        <source>Sign again</source>
        <translation>重签</translation>
    </message>
    <message>
        <source>Signed on paper</source>
        <translation>已在纸上签</translation>
    </message>
    <message>
        <source>Sign on the pad first; or press P where it was signed on paper.</source>
        <translation>请先在签字板上签名；已在纸上签的按 P。</translation>
    </message>
    <message>
        <source>That is too short for a signature: sign again.</source>
        <translation>笔画太少，请重新签名。</translation>
    </message>
    <message>
        <source>Enter accepts the signature, Del wipes it.</source>
        <translation>Enter 确认签名，Del 清除重签。</translation>
    </message>
    <message>
        <source>{done} of {all} signed</source>
        <translation>已签 {done} / {all}</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>确认签名</translation>
    </message>
    <message>
        <source>Nobody signs here: bodies seal the paper.</source>
        <translation>这里没有人要签名：单位在纸上盖章。</translation>
    </message>
    <message>
        <source>The facts have changed since this was signed: show the text and sign again.</source>
        <translation>签名之后内容有改动：请看过正文再签一次。</translation>
    </message>
    <message>
        <source>Let the person read the text, then sign with pen, finger or mouse.</source>
        <translation>请当事人看过正文，再用笔、手指或者鼠标签名。</translation>
    </message>
    <message>
        <source>Signed on paper, {when}</source>
        <translation>已在纸上签名，{when}</translation>
    </message>
    <message>
        <source>Signed {when}</source>
        <translation>已签名，{when}</translation>
    </message>
    <message>
        <source>Application form</source>
        <translation>登记申请书</translation>
    </message>
    <message>
        <source>Inquiry record</source>
        <translation>询问记录</translation>
    </message>
    <message>
        <source>Promise of missing papers</source>
        <translation>容缺承诺书</translation>
    </message>
    <message>
        <source>{hand} for {name}</source>
        <translation>{hand}代{name}</translation>
    </message>
    <message>
        <source>Accept the signature; after the last one, go on</source>
        <translation>确认签名；最后一处签完即转到下一步</translation>
    </message>
    <message>
        <source>Show the privacy notice: it was given</source>
        <translation>显示隐私告知书并记为已告知</translation>
    </message>
    <message>
        <source>Privacy notice</source>
        <translation>隐私告知书</translation>
    </message>
</context>
<context>
    <name>SigningView</name>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Sign again</source>
        <translation>重新签名</translation>
    </message>
    <message>
        <source>I have signed</source>
        <translation>签好了</translation>
    </message>
</context>
<context>
    <name>SourceSection</name>
    <message>
        <source>Ordinary</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Legacy problem</source>
        <translation>历史遗留</translation>
    </message>
    <message>
        <source>Certificate on delivery</source>
        <translation>交房即交证</translation>
    </message>
    <message>
        <source>Suggested: legacy. The compound&apos;s file has the categories {codes}.</source>
        <translation>建议：历史遗留。小区档案记有类别 {codes}。</translation>
    </message>
    <message>
        <source>Suggested: ordinary. The compound&apos;s file has no problem category.</source>
        <translation>建议：普通。小区档案没有登记难类别。</translation>
    </message>
    <message>
        <source>Filed at the handing over of keys; never counts in the ledger of legacy problems.</source>
        <translation>交房时一并申请，不计入历史遗留台账。</translation>
    </message>
    <message>
        <source>Where the case comes from</source>
        <translation>案件来源</translation>
    </message>
    <message>
        <source>Grey ones are the project&apos;s; turn on what this household has besides.</source>
        <translation>灰色的是项目的类别；这一户另有的，在此选中。</translation>
    </message>
    <message>
        <source>Problem categories</source>
        <translation>登记难类别</translation>
    </message>
    <message>
        <source>Categories of its own</source>
        <translation>这一户另有问题</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收件</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>待补正</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>已登簿</translation>
    </message>
    <message>
        <source>Certificate issued</source>
        <translation>已发证</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需处理</translation>
    </message>
    <message>
        <source>Receipt void</source>
        <translation>凭证作废</translation>
    </message>
    <message>
        <source>Being mended</source>
        <translation>补正中</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>StepRail</name>
    <message>
        <source>{here} of {all}</source>
        <translation>{here} / {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) open</source>
        <translation>
            <numerusform>%n 处未完成</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可以提交</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>不动产</translation>
    </message>
    <message>
        <source>Type and category</source>
        <translation>事项与类别</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Review and submit</source>
        <translation>核对与提交</translation>
    </message>
    <message>
        <source>Put aside, take the next</source>
        <translation>搁置，先办下一位</translation>
    </message>
    <message>
        <source>Discard this draft</source>
        <translation>作废这件草稿</translation>
    </message>
    <message>
        <source>Draft stored on this disk</source>
        <translation>草稿已存本机</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not stored; trying again</source>
        <translation>还没存下，正在重试</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>询问记录</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>{amount} yuan</source>
        <translation>{amount} 元</translation>
    </message>
    <message>
        <source>Free of charge</source>
        <translation>不收费</translation>
    </message>
    <message>
        <source>Give this correction up</source>
        <translation>放弃这次补正</translation>
    </message>
</context>
<context>
    <name>SubtypeSection</name>
    <message>
        <source>Sub-type</source>
        <translation>子项</translation>
    </message>
</context>
<context>
    <name>Supervision</name>
    <message>
        <source>New matter</source>
        <translation>新的督办</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>新的记录</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>About what</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Who was asked, what came of it</source>
        <translation>问了谁，结果如何</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>As it is claimed</source>
        <translation>与上报一致</translation>
    </message>
    <message>
        <source>It is different</source>
        <translation>与上报不符</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>看到的情况</translation>
    </message>
    <message>
        <source>Draw a sample of homes</source>
        <translation>抽取查访户</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>The building, the door, the papers. Nobody&apos;s face.</source>
        <translation>拍楼栋、门牌、材料，不拍人脸。</translation>
    </message>
    <message>
        <source>Note what was seen</source>
        <translation>记录查访</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Inspection of homes</source>
        <translation>实地查访表</translation>
    </message>
</context>
<context>
    <name>SupervisionScreen</name>
    <message>
        <source>Walk through the list</source>
        <translation>在列表里上下移动</translation>
    </message>
    <message>
        <source>New matter with a department</source>
        <translation>对一个部门新建督办</translation>
    </message>
    <message>
        <source>Another entry of its log; at a sample, what was seen at the next home</source>
        <translation>再记一条；抽查时记下一户的情况</translation>
    </message>
    <message>
        <source>One level up</source>
        <translation>升一级</translation>
    </message>
    <message>
        <source>Settle, with what came of it</source>
        <translation>办结并写明结果</translation>
    </message>
    <message>
        <source>Draw a sample of homes to look at</source>
        <translation>随机抽取要查访的户</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>督查督办</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>实地查访</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>列出的内容</translation>
    </message>
    <message>
        <source>New matter</source>
        <translation>新的督办</translation>
    </message>
    <message>
        <source>Draw a sample</source>
        <translation>随机抽查</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>Nothing is followed up here</source>
        <translation>还没有督办事项</translation>
    </message>
    <message>
        <source>Write down what a department was asked, or draw a sample of homes to look at.</source>
        <translation>记下问了哪个部门，或随机抽取几户实地查访。</translation>
    </message>
    <message>
        <source>What came of it?</source>
        <translation>结果如何？</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>抽样</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>抽取人</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已查</translation>
    </message>
    <message>
        <source>{n} of {pool} homes</source>
        <translation>{pool} 户中抽 {n} 户</translation>
    </message>
    <message numerus="yes">
        <source>%n differ</source>
        <translation>
            <numerusform>%n 户不符</numerusform>
        </translation>
    </message>
    <message>
        <source>About what</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Note what was seen</source>
        <translation>记下看到的情况</translation>
    </message>
    <message>
        <source>Another entry</source>
        <translation>再记一条</translation>
    </message>
    <message>
        <source>Sample of {n} homes</source>
        <translation>抽查 {n} 户</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>as claimed</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>还没有去</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>{day} overdue</source>
        <translation>{day} 已逾期</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>View the photos of the sample</source>
        <translation>查看抽查照片</translation>
    </message>
    <message>
        <source>View photos</source>
        <translation>查看照片</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>Print the sample, to be filled in at the doors</source>
        <translation>打印查访表，上门填写</translation>
    </message>
    <message>
        <source>Print the sample</source>
        <translation>打印查访表</translation>
    </message>
</context>
<context>
    <name>SurveyDoor</name>
    <message>
        <source>Nobody was here yet</source>
        <translation>还没去过</translation>
    </message>
    <message>
        <source>Planned for {day}</source>
        <translation>计划 {day}</translation>
    </message>
    <message>
        <source>Not home, again {day}</source>
        <translation>不在家，{day} 再来</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>不愿答复</translation>
    </message>
    <message>
        <source>Surveyed</source>
        <translation>已摸排</translation>
    </message>
    <message>
        <source>Not kept yet</source>
        <translation>尚未保存</translation>
    </message>
    <message numerus="yes">
        <source>%n knock(s)</source>
        <translation>
            <numerusform>敲门 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Hold to show</source>
        <translation>按住查看</translation>
    </message>
    <message>
        <source>Keep, next door</source>
        <translation>保存，下一户</translation>
    </message>
    <message>
        <source>Not home</source>
        <translation>不在家</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不愿答复</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Blanks</source>
        <translation>空白表</translation>
    </message>
</context>
<context>
    <name>SurveyForm</name>
    <message>
        <source>Who lives there</source>
        <translation>居住情况</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>自住</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>出租</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空置</translation>
    </message>
    <message>
        <source>Owner&apos;s name</source>
        <translation>产权人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Papers held</source>
        <translation>手里的材料</translation>
    </message>
    <message>
        <source>What stands in the way</source>
        <translation>遇到的难处</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>购房合同</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Paid up</source>
        <translation>房款已付清</translation>
    </message>
    <message>
        <source>Mortgage</source>
        <translation>有抵押</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Wants a home visit</source>
        <translation>希望上门</translation>
    </message>
    <message>
        <source>Wants the evening</source>
        <translation>希望晚间</translation>
    </message>
</context>
<context>
    <name>SurveyScreen</name>
    <message>
        <source>Search the house number</source>
        <translation>搜索房号</translation>
    </message>
    <message>
        <source>Walk through the doors</source>
        <translation>逐户走</translation>
    </message>
    <message>
        <source>Into the form</source>
        <translation>进入表格</translation>
    </message>
    <message>
        <source>Owner, tenant, empty</source>
        <translation>自住、出租、空置</translation>
    </message>
    <message>
        <source>Keep the answers, next door</source>
        <translation>保存答复，下一户</translation>
    </message>
    <message>
        <source>Not home: to be gone to again</source>
        <translation>不在家：还要再去</translation>
    </message>
    <message>
        <source>Does not want to answer</source>
        <translation>不愿答复</translation>
    </message>
    <message>
        <source>Print blanks for this building</source>
        <translation>打印这幢楼的空白表</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>No compound yet</source>
        <translation>还没有小区</translation>
    </message>
    <message>
        <source>The centre sends compounds with their building tables.</source>
        <translation>小区和楼盘表由中心下发。</translation>
    </message>
    <message>
        <source>{building}: {done} of {homes} · all: {all_done} of {all_homes} · again {again}</source>
        <translation>{building} {done}/{homes} · 全部 {all_done}/{all_homes} · 再访 {again}</translation>
    </message>
    <message>
        <source>Survey at the door</source>
        <translation>入户摸排表</translation>
    </message>
    <message>
        <source>Throw away what is not kept</source>
        <translation>丢弃尚未保存的内容</translation>
    </message>
    <message>
        <source>not kept yet {n}</source>
        <translation>未保存 {n} 户</translation>
    </message>
    <message>
        <source>Thrown away</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>Take back what was thrown away</source>
        <translation>取回丢弃的填写</translation>
    </message>
</context>
<context>
    <name>TableBatch</name>
    <message>
        <source>Plan survey</source>
        <translation>安排摸排</translation>
    </message>
    <message>
        <source>Print blanks</source>
        <translation>打印摸排表</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message numerus="yes">
        <source>Plan the survey of %n household(s)</source>
        <translation>
            <numerusform>安排 %n 户摸排</numerusform>
        </translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>The first {n} of them: more than that is not one day&apos;s walk.</source>
        <translation>只安排前 {n} 户：再多一天走不完。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>安排</translation>
    </message>
    <message numerus="yes">
        <source>%n door(s) planned</source>
        <translation>
            <numerusform>已安排 %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Survey at the door</source>
        <translation>入户摸排表</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>楼幢</translation>
    </message>
    <message>
        <source>Entrance</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房号</translation>
    </message>
    <message>
        <source>Unit code</source>
        <translation>不动产单元号</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>Held up by</source>
        <translation>受阻于</translation>
    </message>
    <message>
        <source>Building table</source>
        <translation>楼盘表</translation>
    </message>
    <message numerus="yes">
        <source>%n household(s) written</source>
        <translation>
            <numerusform>已写出 %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送打印机</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Plan the survey of what is chosen</source>
        <translation>给选中的户安排摸排</translation>
    </message>
    <message>
        <source>Print survey blanks for what is chosen</source>
        <translation>打印选中户的摸排表</translation>
    </message>
    <message>
        <source>Export what is chosen</source>
        <translation>导出选中的户</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>批量预约</translation>
    </message>
    <message>
        <source>Door notices</source>
        <translation>上门通知单</translation>
    </message>
    <message>
        <source>Book appointments for what is chosen, one after the other</source>
        <translation>为所选住户依次预约时间</translation>
    </message>
    <message>
        <source>Print notices for the doors of what is chosen</source>
        <translation>打印所选住户的上门通知单</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Minutes for each</source>
        <translation>每户分钟数</translation>
    </message>
    <message>
        <source>The last one is at {time}. Who has an appointment keeps it.</source>
        <translation>最后一户 {time}。已有预约的保持不变。</translation>
    </message>
    <message>
        <source>Hours, for who has no appointment</source>
        <translation>时间（未预约的住户）</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message numerus="yes">
        <source>Book %n household(s), one after the other</source>
        <translation>
            <numerusform>依次预约 %n 户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Notices for %n door(s)</source>
        <translation>
            <numerusform>%n 户的上门通知单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n household(s) booked</source>
        <translation>
            <numerusform>已预约 %n 户</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeOver</name>
    <message>
        <source>Take this session over?</source>
        <translation>接手这一场？</translation>
    </message>
    <message>
        <source>From {before} to {after}.</source>
        <translation>由 {before} 交给 {after}。</translation>
    </message>
    <message>
        <source>Handed over: {received} received, {drafts} drafts open.</source>
        <translation>交接：已收件 {received} 件，未完成草稿 {drafts} 件。</translation>
    </message>
    <message>
        <source>Note, may be left empty</source>
        <translation>备注（可不填）</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接手</translation>
    </message>
</context>
<context>
    <name>TeamEdit</name>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Team member {n}: name</source>
        <translation>第 {n} 位成员：姓名</translation>
    </message>
    <message>
        <source>Team member {n}: role</source>
        <translation>第 {n} 位成员：职责</translation>
    </message>
    <message>
        <source>Name, may be left empty</source>
        <translation>姓名，可不填</translation>
    </message>
</context>
<context>
    <name>ToDoScreen</name>
    <message>
        <source>Walk through the list</source>
        <translation>在列表中移动</translation>
    </message>
    <message>
        <source>Open what is to be done</source>
        <translation>打开这一项</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>没有待办</translation>
    </message>
    <message>
        <source>What falls due stands here by itself.</source>
        <translation>到期的事项会自动列在这里。</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>房屋</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Promised paper overdue</source>
        <translation>容缺材料超期未交</translation>
    </message>
    <message>
        <source>Correction overdue</source>
        <translation>补正超期</translation>
    </message>
    <message>
        <source>Promised paper due</source>
        <translation>容缺材料即将到期</translation>
    </message>
    <message>
        <source>Correction due</source>
        <translation>补正即将到期</translation>
    </message>
    <message>
        <source>Not taken by the centre</source>
        <translation>中心未接收</translation>
    </message>
    <message>
        <source>Promised at a home visit</source>
        <translation>上门时的承诺</translation>
    </message>
    <message>
        <source>Certificate to hand over</source>
        <translation>证书待发</translation>
    </message>
    <message>
        <source>Returned, nobody has come</source>
        <translation>已退回，无人来办</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>All compounds</source>
        <translation>全部小区</translation>
    </message>
    <message>
        <source>Appointment at {time}</source>
        <translation>预约 {time}</translation>
    </message>
    <message>
        <source>Door to knock at again</source>
        <translation>需再次入户</translation>
    </message>
    <message>
        <source>Obstacle past its day</source>
        <translation>障碍逾期</translation>
    </message>
    <message>
        <source>Print the list with phones</source>
        <translation>打印清单（含电话）</translation>
    </message>
    <message>
        <source>Print the list, masked</source>
        <translation>打印清单（遮挡个人信息）</translation>
    </message>
    <message>
        <source>Print masked</source>
        <translation>遮挡打印</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Not sent for days</source>
        <translation>多日未报送</translation>
    </message>
    <message>
        <source>Draft untouched for days</source>
        <translation>草稿多日未动</translation>
    </message>
</context>
<context>
    <name>TonightScreen</name>
    <message>
        <source>Tonight&apos;s applications</source>
        <translation>今晚的申请</translation>
    </message>
    <message>
        <source>Name, initials, digits, house</source>
        <translation>姓名、首字母、尾号、房号</translation>
    </message>
    <message>
        <source>New intake</source>
        <translation>新受理</translation>
    </message>
    <message>
        <source>Close session</source>
        <translation>收班</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Open the chosen case</source>
        <translation>打开选中的一件</translation>
    </message>
    <message>
        <source>{time} each</source>
        <translation>平均 {time} / 件</translation>
    </message>
    <message>
        <source>Received tonight</source>
        <translation>今晚收件</translation>
    </message>
    <message>
        <source>The other {n} are safe on this machine</source>
        <translation>其余 {n} 件已存本机</translation>
    </message>
    <message>
        <source>Held by the centre</source>
        <translation>已由中心签收</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部签收</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Submit or discard before closing</source>
        <translation>收班前要提交或作废</translation>
    </message>
    <message>
        <source>Nothing left open</source>
        <translation>没有未完成的</translation>
    </message>
    <message>
        <source>Need attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Not taken by the centre</source>
        <translation>中心未接收</translation>
    </message>
    <message>
        <source>Nothing stands in the way</source>
        <translation>没有受阻的件</translation>
    </message>
    <message>
        <source>Nothing found tonight</source>
        <translation>今晚没有找到</translation>
    </message>
    <message>
        <source>The queue searches all evenings (Ctrl 3).</source>
        <translation>“队列”可搜索全部场次（Ctrl 3）。</translation>
    </message>
    <message>
        <source>Ready for the first household</source>
        <translation>可以开始第一户</translation>
    </message>
    <message>
        <source>Start an intake, or choose a household in the building table.</source>
        <translation>直接受理，或在楼盘表里点一户。</translation>
    </message>
    <message>
        <source>Tonight&apos;s papers (Ctrl P)</source>
        <translation>今晚的文书（Ctrl P）</translation>
    </message>
    <message>
        <source>Print tonight&apos;s papers</source>
        <translation>打印今晚的文书</translation>
    </message>
    <message>
        <source>Calls about corrections</source>
        <translation>补正电话单</translation>
    </message>
    <message>
        <source>Closing sheet: reconcile and close the session</source>
        <translation>日结单：核对并收班</translation>
    </message>
    <message>
        <source>Take the session over from a colleague</source>
        <translation>接手同事的场次</translation>
    </message>
    <message>
        <source>Call the next number</source>
        <translation>叫下一个号</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>场次码 {code}</translation>
    </message>
    <message>
        <source>Planned sessions</source>
        <translation>场次计划</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Jilai</source>
        <translation>即来</translation>
    </message>
    <message>
        <source>No session open</source>
        <translation>还没有开场</translation>
    </message>
    <message>
        <source>Operator {name}</source>
        <translation>收件 {name}</translation>
    </message>
    <message>
        <source>Helper {name}</source>
        <translation>帮办 {name}</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Battery {percent} %</source>
        <translation>电池 {percent} %</translation>
    </message>
    <message>
        <source>Saving battery</source>
        <translation>省电中</translation>
    </message>
    <message>
        <source>{percent} %, saving</source>
        <translation>{percent}%，省电中</translation>
    </message>
</context>
<context>
    <name>TracksSection</name>
    <message>
        <source>Registration</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>缴税</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>One window: these papers are also for</source>
        <translation>一窗受理：这套材料同时用于</translation>
    </message>
    <message numerus="yes">
        <source>One window, %n track(s)</source>
        <translation>
            <numerusform>一窗受理 · %n 个事项</numerusform>
        </translation>
    </message>
    <message>
        <source>In another province</source>
        <translation>在外省（跨省通办）</translation>
    </message>
</context>
<context>
    <name>TypePage</name>
    <message>
        <source>Type and category</source>
        <translation>事项与类别</translation>
    </message>
    <message>
        <source>Go on: materials</source>
        <translation>下一步：材料</translation>
    </message>
    <message>
        <source>Choose the type, or what stands under the hand</source>
        <translation>选择类型，或者选择手边的一项</translation>
    </message>
    <message>
        <source>Search the type by its words or pinyin initials</source>
        <translation>按名称或拼音首字母查找类型</translation>
    </message>
    <message>
        <source>Turn one of several on or off</source>
        <translation>多选时选中或取消</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>下一部分</translation>
    </message>
    <message>
        <source>Go to what is still open, then on</source>
        <translation>先到未填的一项，再往下走</translation>
    </message>
    <message>
        <source>Taken in here</source>
        <translation>本窗口收件</translation>
    </message>
    <message>
        <source>Taken in, brought to the main hall</source>
        <translation>本窗口收件，转大厅</translation>
    </message>
    <message>
        <source>Not taken in here</source>
        <translation>本窗口不收件</translation>
    </message>
    <message>
        <source>Search a type</source>
        <translation>查找类型</translation>
    </message>
    <message>
        <source>Types of registration</source>
        <translation>登记类型</translation>
    </message>
    <message>
        <source>Some papers have no row in this type</source>
        <translation>有的材料在新类型里没有位置</translation>
    </message>
    <message>
        <source>They stay on the board as other papers; nothing is lost.</source>
        <translation>它们作为其他材料留在材料板上，一页不丢。</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>UnlockScreen</name>
    <message>
        <source>Unlocking…</source>
        <translation>正在解锁…</translation>
    </message>
    <message>
        <source>Open with the recovery key</source>
        <translation>用恢复密钥打开</translation>
    </message>
    <message>
        <source>The key was printed at the first start. Your account gets a new password.</source>
        <translation>密钥在初次设置时打印。账号将设为新密码。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁屏</translation>
    </message>
    <message>
        <source>Your work is as you left it. Sending goes on.</source>
        <translation>手头的工作保持原样，发送仍在继续。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Works without a network.</source>
        <translation>不需要网络。</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation>使用恢复密钥</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Seven groups of four, as printed</source>
        <translation>七组，每组四个字符，按打印的输入</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再输一次新密码</translation>
    </message>
    <message>
        <source>Open and set the new password</source>
        <translation>打开并设为新密码</translation>
    </message>
    <message>
        <source>Back to the password</source>
        <translation>返回输入密码</translation>
    </message>
    <message>
        <source>Show or hide what is typed</source>
        <translation>显示或隐藏输入内容</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>换人</translation>
    </message>
</context>
<context>
    <name>VisitDoor</name>
    <message>
        <source>The person agrees to what was read</source>
        <translation>本人同意所读内容</translation>
    </message>
    <message>
        <source>Take the application in</source>
        <translation>开始受理</translation>
    </message>
    <message>
        <source>End: nobody was met</source>
        <translation>结束：未见到人</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>结束上门</translation>
    </message>
    <message>
        <source>The person agrees</source>
        <translation>本人同意</translation>
    </message>
    <message>
        <source>The person has agreed to these words.</source>
        <translation>本人已同意以上内容。</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>办理结果</translation>
    </message>
    <message>
        <source>Promised for later</source>
        <translation>答应以后办的事</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>By which day</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>To the list</source>
        <translation>回到清单</translation>
    </message>
    <message>
        <source>Nobody met</source>
        <translation>未见到人</translation>
    </message>
    <message>
        <source>{first} and {second}, since {time}</source>
        <translation>{first}、{second}，{time} 开始</translation>
    </message>
    <message>
        <source>Take this promise away</source>
        <translation>去掉这项</translation>
    </message>
    <message>
        <source>Witness photo</source>
        <translation>见证照片</translation>
    </message>
    <message numerus="yes">
        <source>Witness photo, %n kept</source>
        <translation>
            <numerusform>见证照片，已存 %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitForm</name>
    <message>
        <source>Put the visit on the list</source>
        <translation>列入上门清单</translation>
    </message>
    <message>
        <source>Refuse the visit, with words</source>
        <translation>谢绝上门并说明理由</translation>
    </message>
    <message>
        <source>New home visit</source>
        <translation>新的上门预约</translation>
    </message>
    <message>
        <source>Home visit</source>
        <translation>上门预约</translation>
    </message>
    <message>
        <source>Whom to meet</source>
        <translation>要见的人</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Compound</source>
        <translation>小区</translation>
    </message>
    <message>
        <source>Building, entrance, door</source>
        <translation>楼栋、单元、门牌</translation>
    </message>
    <message>
        <source>Why at home</source>
        <translation>上门原因</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Note, for the two who go</source>
        <translation>备注（给上门的两人）</translation>
    </message>
    <message>
        <source>Papers are missing, and we go all the same because</source>
        <translation>材料未齐仍上门的原因</translation>
    </message>
    <message>
        <source>The proof for this is at hand</source>
        <translation>证明已备好</translation>
    </message>
    <message>
        <source>At hand, as told on the phone</source>
        <translation>电话核对：手边已有的材料</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>谢绝</translation>
    </message>
    <message>
        <source>Put on the list</source>
        <translation>列入上门</translation>
    </message>
</context>
<context>
    <name>VisitSide</name>
    <message>
        <source>any time</source>
        <translation>时间未定</translation>
    </message>
    <message>
        <source>ordered by the centre</source>
        <translation>中心派单</translation>
    </message>
    <message>
        <source>Its time leaves no way from or to the visit beside it.</source>
        <translation>与前后一户的时间冲突，路上来不及。</translation>
    </message>
    <message>
        <source>At hand: {paper}</source>
        <translation>已备：{paper}</translation>
    </message>
    <message>
        <source>Missing: {paper}</source>
        <translation>尚缺：{paper}</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Hold to show</source>
        <translation>按住查看</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Postpone</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>谢绝</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>Go on with the visit</source>
        <translation>继续上门</translation>
    </message>
    <message>
        <source>Begin the visit</source>
        <translation>开始上门</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>Done: {promise}</source>
        <translation>已办：{promise}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已兑现</translation>
    </message>
    <message>
        <source>by {day}</source>
        <translation>{day} 前</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>Who goes along?</source>
        <translation>谁一同前往？</translation>
    </message>
    <message>
        <source>Nobody enters a home alone. {name} and:</source>
        <translation>一人不得单独入户。{name} 与：</translation>
    </message>
    <message>
        <source>Name of the other person</source>
        <translation>同去人员姓名</translation>
    </message>
    <message>
        <source>Begin the visit</source>
        <translation>开始上门</translation>
    </message>
    <message>
        <source>Put the visit to another day</source>
        <translation>上门改期</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Postpone</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Refuse the visit?</source>
        <translation>谢绝上门？</translation>
    </message>
    <message>
        <source>The person is told these words; they are kept with your name.</source>
        <translation>这些话会告知申请人，并与您的姓名一起保存。</translation>
    </message>
    <message>
        <source>What the person is told</source>
        <translation>告知申请人的话</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>谢绝</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>待上门</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>nobody met</source>
        <translation>未见到人</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>已谢绝</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>申请人取消</translation>
    </message>
    <message>
        <source>Bring the certificate</source>
        <translation>送证上门</translation>
    </message>
    <message>
        <source>Come again</source>
        <translation>再次上门</translation>
    </message>
    <message>
        <source>Fetch a paper</source>
        <translation>上门取材料</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他事项</translation>
    </message>
    <message>
        <source>We are two people of the registration service and have come at your wish. We take your application in here, photograph your papers and the signing, and keep both with the case. You pay nothing for this visit, and we take no money and no gifts. You may stop at any time; then nothing is handed in.</source>
        <translation>我们两人是登记服务工作人员，应您的要求上门。我们在这里受理您的申请，拍摄您的材料和签名过程，随案保存。上门不收任何费用，我们也不收钱物。您随时可以停止办理，停止后不会提交任何申请。</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>时间未定</translation>
    </message>
    <message>
        <source>ordered by the centre</source>
        <translation>中心派单</translation>
    </message>
    <message>
        <source>times clash</source>
        <translation>时间冲突</translation>
    </message>
    <message>
        <source>%n paper(s) missing</source>
        <translation>缺 %n 份材料</translation>
    </message>
    <message>
        <source>Route of home visits</source>
        <translation>上门办行程单</translation>
    </message>
    <message>
        <source>Witness photo</source>
        <translation>见证照片</translation>
    </message>
    <message>
        <source>Ask first. The person, the papers and the signing, no other room.</source>
        <translation>先征得同意。只拍本人、材料和签名，不拍其他房间。</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Take the photo</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>No camera is plugged in.</source>
        <translation>没有接入摄像头。</translation>
    </message>
    <message>
        <source>Keeping…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>The camera was shut to save the battery. Enter opens it again.</source>
        <translation>为省电已关闭相机，按回车键重新打开。</translation>
    </message>
    <message>
        <source>Home of the building table: {home}</source>
        <translation>楼盘表住户：{home}</translation>
    </message>
    <message>
        <source>{home} — Enter takes it</source>
        <translation>{home}，回车选定</translation>
    </message>
    <message>
        <source>Not in the building table; the intake asks for the home.</source>
        <translation>楼盘表里没有；收件时再选住户。</translation>
    </message>
</context>
<context>
    <name>VisitsScreen</name>
    <message>
        <source>Begin the visit, go on with it, or take the order in</source>
        <translation>开始或继续上门，或者接单</translation>
    </message>
    <message>
        <source>New visit, asked for by phone</source>
        <translation>新的上门（电话预约）</translation>
    </message>
    <message>
        <source>Change the visit</source>
        <translation>修改预约</translation>
    </message>
    <message>
        <source>Put the visit to another day</source>
        <translation>上门改期</translation>
    </message>
    <message>
        <source>Refuse the visit, with words</source>
        <translation>谢绝上门并说明理由</translation>
    </message>
    <message>
        <source>Hold: show name and phone of this visit</source>
        <translation>按住：查看姓名和电话</translation>
    </message>
    <message>
        <source>Move the visit up or down in the day</source>
        <translation>在当天上移或下移</translation>
    </message>
    <message>
        <source>Day before, day after</source>
        <translation>前一天、后一天</translation>
    </message>
    <message>
        <source>Print the route of the day</source>
        <translation>打印当天行程单</translation>
    </message>
    <message>
        <source>Print the route of two days</source>
        <translation>打印两天行程单</translation>
    </message>
    <message>
        <source>Home visits</source>
        <translation>上门办</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>新的上门</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>行程单</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>Day after</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>No visits on this day</source>
        <translation>这一天没有上门</translation>
    </message>
    <message>
        <source>Take one in when somebody calls; what the centre orders stands here by itself.</source>
        <translation>有人来电时在这里登记；中心的派单会自动出现。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Whom and where</source>
        <translation>要见的人和地址</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>WhereCard</name>
    <message>
        <source>Where it is</source>
        <translation>现在在哪</translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>This code proves the receipt without a network. It holds no name and no number.</source>
        <translation>不联网也能用这个码核验凭证；码里没有姓名和号码。</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开这一件</translation>
    </message>
    <message>
        <source>Comes from the centre by itself; nothing to do.</source>
        <translation>中心受理后自动送来，不用操作。</translation>
    </message>
</context>
<context>
    <name>Withdraw</name>
    <message>
        <source>Withdraw this application?</source>
        <translation>撤回这件申请？</translation>
    </message>
    <message>
        <source>The applicant signs the withdrawal, which goes into the print queue. The centre is told. It is possible until the property is in the register.</source>
        <translation>申请人在撤回书上签名，撤回书进入打印队列，并报送中心。登簿以前都可以撤回。</translation>
    </message>
    <message>
        <source>The applicant does not want it any more</source>
        <translation>申请人不再办理</translation>
    </message>
    <message>
        <source>It will be filed again with other papers</source>
        <translation>补齐材料后重新申请</translation>
    </message>
    <message>
        <source>It was filed twice</source>
        <translation>重复申请</translation>
    </message>
    <message>
        <source>Withdraw and print</source>
        <translation>撤回并打印</translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n only on this side</source>
        <translation>
            <numerusform>其中 %n 页只在这边</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_RemarksSection</name>
    <message>
        <source>Remark for the reviewer</source>
        <translation>给审核人员的备注</translation>
    </message>
    <message>
        <source>Optional; printed nowhere</source>
        <translation>选填，不会打印</translation>
    </message>
</context>
</TS>
